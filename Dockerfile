# All of docgen but LibreOffice, which only PDFs need; what a container does is its command.
FROM python:3.11-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends make \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home docgen \
    && install --directory --owner=docgen /var/lib/docgen
WORKDIR /opt/docgen
ENV PATH=/opt/docgen/.venv/bin:$PATH DOCGEN_DATA_DIR=/var/lib/docgen PIP_NO_CACHE_DIR=1 UV_NO_CACHE=1
COPY Makefile README.md LICENSE pyproject.toml uv.lock worker.py ./
COPY docgen docgen
COPY templates_docx templates_docx
COPY web web
RUN make .venv/.ready-run
USER docgen
VOLUME /var/lib/docgen
EXPOSE 8000
CMD ["docgen", "serve", "--host", "0.0.0.0", "--port", "8000"]
