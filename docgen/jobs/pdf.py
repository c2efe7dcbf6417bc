"""The task that makes a Word file's PDF and the pictures of its pages."""

import functools
import hashlib

import structlog

from docgen.errors import DocgenError, InvalidSettings
from docgen.jobs.leases import renewed
from docgen.jobs.workshop import Workshop, workshop
from docgen.pdf import PdfMaker, office_program, page_pictures

log = structlog.get_logger()


def run_pdf(source: str) -> None:
    """Make the PDF of the Word file of this SHA-256; nothing where it is made or held already."""
    shop = workshop()
    make_pdf(shop, maker(shop.settings.pdf_max_bytes), source)


@functools.cache
def maker(max_bytes: int) -> PdfMaker:
    """This process's LibreOffice, with a profile of its own.

    Raises:
        InvalidSettings: It is not installed.
    """
    program = office_program()
    if program is None:
        raise InvalidSettings("soffice: LibreOffice is not installed on this host")
    return PdfMaker(program, max_bytes)


def make_pdf(shop: Workshop, pdf_maker: PdfMaker, source: str) -> None:
    """As `run_pdf`, in a workshop of the caller's."""
    claim = shop.pdfs.claim(source, shop.owner)
    if claim is None:
        return
    try:
        with renewed(shop.pdfs, claim, shop.settings.lease_seconds / 3):
            pdf = pdf_maker.make(shop.blobs.get(source))
            pictures = page_pictures(pdf.content)
            contents = {_hash(content): content for content in (pdf.content, *pictures)}
            # Contents first, then the record: a crash between leaves files that nobody names.
            shop.blobs.put_all(contents)
    except DocgenError as error:
        settle = shop.pdfs.fail if error.permanent else shop.pdfs.release
        settle(claim, str(error))
        log.warning("pdf.failed", source=source, error=type(error).__name__)
        return
    except Exception as error:
        # Whatever else goes wrong must not leave the PDF "running": it is tried again.
        shop.pdfs.release(claim, "PDF belum dapat dibuat. Dokumen Word-nya tetap dapat diunduh.")
        log.exception("pdf.broken", source=source, error=type(error).__name__)
        return
    hashes = [_hash(picture) for picture in pictures]
    if shop.pdfs.finish(claim, _hash(pdf.content), len(pdf.content), pdf.pages, hashes):
        log.info("pdf.done", source=source, pages=pdf.pages, attempt=claim.attempt)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
