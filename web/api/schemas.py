"""What the API takes and answers, typed; the descriptions stand in the OpenAPI document."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from docgen.kinds import Bilangan, Part, Teks, YaTidak
from docgen.satker import Satker
from docgen.storage import Event
from web.api.problems import FindingOut

Status = Literal["queued", "running", "done", "failed"]

SATKER = "Kode satker; boleh kosong bila isian menyebutnya."


class DocumentIn(Part):
    """A document that is asked for."""

    kind: Teks = Field(title="kind", description="Jenis dokumen, lihat GET /kinds.")
    satker: Teks | None = Field(None, title="satker", description=SATKER)
    data: dict[str, Any] = Field(title="data", description="Isian menurut skema jenisnya.")
    naskah: str = Field(
        "", title="naskah", description="Nama naskah, atau semua; kosong: yang pertama."
    )
    srikandi: YaTidak = Field(
        False, title="srikandi", description="Sisakan penanda SRIKANDI untuk nomor dan ttd."
    )


class CheckIn(Part):
    """An input that is to be looked at."""

    kind: Teks = Field(title="kind", description="Jenis dokumen, lihat GET /kinds.")
    satker: Teks | None = Field(None, title="satker", description=SATKER)
    data: dict[str, Any] = Field(title="data", description="Isian menurut skema jenisnya.")


class FindingsOut(BaseModel):
    """What a reviewer would raise."""

    findings: list[FindingOut]


class AcceptedOut(BaseModel):
    """What was asked for is on its way."""

    id: str
    status: Status
    links: dict[str, str] = Field(description="`self`: tempat menanyakan keadaannya.")


class FileOut(BaseModel):
    """A Word file that was made."""

    naskah: str
    filename: str
    size: int = Field(description="Byte.")
    sha256: str = Field(description="Heksadesimal, huruf kecil.")
    href: str


class DocumentOut(BaseModel):
    """A document as it stands."""

    id: str
    kind: str
    satker: str
    status: Status
    judul: str
    created_at: dt.datetime
    files: list[FileOut]
    findings: list[FindingOut]
    error: str = Field(description="Sebabnya bila failed; selain itu kosong.")


class DocumentsIn(Part):
    """Which documents to list."""

    kind: str = Field("", title="kind")
    satker: str = Field("", title="satker")
    status: Literal["", "queued", "running", "done", "failed"] = Field("", title="status")
    cursor: str = Field("", title="cursor", description="`next` dari halaman sebelumnya.")
    limit: Annotated[Bilangan, Field(ge=1, le=100)] = Field(
        20, title="limit", json_schema_extra={"anyOf": [{"type": "integer"}]}
    )


class DocumentsOut(BaseModel):
    """A page of documents, newest first."""

    items: list[DocumentOut]
    next: str | None = Field(description="`cursor` halaman berikutnya; null bila habis.")


class UploadOut(BaseModel):
    """A picture that was kept."""

    id: str = Field(description="Dipakai sebagai `berkas` di dalam isian.")


class NaskahOut(BaseModel):
    """A Word file that a kind can make."""

    naskah: str
    judul: str


class KindOut(BaseModel):
    """A kind of document."""

    kind: str
    judul: str
    keterangan: str
    naskah: list[NaskahOut]


class KindsOut(BaseModel):
    """What can be asked for."""

    items: list[KindOut]


class SearchIn(Part):
    """Which offices to list."""

    q: str = Field("", title="q", description="Kata dari nama atau kode; kosong: semua.")


class SatkerOut(BaseModel):
    """An office."""

    kode: str
    nama: str
    nama_lengkap: str
    jenis: str

    @classmethod
    def of(cls, satker: Satker) -> "SatkerOut":
        """The office as the API says it."""
        return cls(
            kode=satker.kode,
            nama=satker.nama,
            nama_lengkap=satker.nama_lengkap,
            jenis=satker.jenis,
        )


class OfficesOut(BaseModel):
    """Offices that documents can be asked for."""

    items: list[SatkerOut]


class EndpointIn(Part):
    """A receiver of webhooks."""

    url: Teks = Field(title="url", description="Alamat https yang menerima kiriman.")
    events: tuple[Event, ...] = Field(
        title="events", description="Kejadian yang dikabarkan.", min_length=1
    )


class EndpointCreatedOut(BaseModel):
    """A receiver that was registered."""

    id: str
    secret: str = Field(description="Hanya sekali ini ditampilkan.")


class SecretOut(BaseModel):
    """A new secret; the old one signs beside it for 24 hours."""

    secret: str = Field(description="Hanya sekali ini ditampilkan.")


class EndpointOut(BaseModel):
    """A receiver as it stands."""

    id: str
    url: str
    events: list[str]
    selector: str = Field(description="Satker yang dikabarkan.")
    created_at: dt.datetime
    failing_since: dt.datetime | None
    disabled_at: dt.datetime | None
    disabled_because: str


class EndpointsOut(BaseModel):
    """Receivers, newest first."""

    items: list[EndpointOut]


class AttemptOut(BaseModel):
    """One attempt to hand a message over."""

    at: dt.datetime
    status: int | None = Field(description="Status HTTP; null bila tidak ada jawaban.")
    said: str = Field(description="Awal jawabannya, atau sebab tidak sampai.")
    milliseconds: int


class DeliveryOut(BaseModel):
    """A message to a receiver."""

    id: str
    event: str
    subject: str = Field(description="Id dokumen atau batch yang dikabarkan.")
    status: Literal["waiting", "sending", "arrived", "given_up", "stopped"]
    created_at: dt.datetime
    next_at: dt.datetime | None
    attempts: list[AttemptOut]


class DeliveriesOut(BaseModel):
    """Messages to a receiver, newest first."""

    items: list[DeliveryOut]


class MasterOut(BaseModel):
    """A master: an input for many offices."""

    id: str
    kind: str
    judul: str = Field(description="Dengan {{ satker.… }} di tempat kata satkernya sendiri.")
    berlaku: str = Field(description="Satker yang memakainya.")


class MastersOut(BaseModel):
    """The starter masters of every kind."""

    items: list[MasterOut]


class BatchIn(Part):
    """Many documents that are asked for."""

    kind: Teks = Field(title="kind", description="Jenis dokumen, lihat GET /kinds.")
    masters: Literal["semua"] | tuple[Teks, ...] = Field(
        title="masters", description="semua, atau id dari GET /masters."
    )
    satker: Teks = Field(
        title="satker", description="semua, provinsi, 13.71, 13.*, atau beberapa dipisah koma."
    )
    force: YaTidak = Field(
        False, title="force", description="Buat juga yang tidak berubah sejak terakhir dibuat."
    )


BatchStatus = Literal["queued", "running", "done", "cancelled"]


class BatchAcceptedOut(BaseModel):
    """A batch is on its way."""

    id: str
    status: BatchStatus
    links: dict[str, str] = Field(description="`self`: tempat menanyakan kemajuannya.")


class FailureOut(BaseModel):
    """A document of a batch that could not be made."""

    satker: str
    master: str
    reason: str


class BatchOut(BaseModel):
    """A batch as it stands."""

    id: str
    kind: str
    status: BatchStatus
    total: int
    done: int
    skipped: int
    failed: int
    seconds_left: float | None = Field(description="Perkiraan; null bila belum dapat diperkirakan.")
    failures: list[FailureOut]
