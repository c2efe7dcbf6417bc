"""The command line: `docgen`. Each command reads its arguments, calls one function, answers."""

import json
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from docgen.config import Settings, embeds_input, pdf_max_bytes, user_cache_dir
from docgen.errors import (
    AlteredDocument,
    DocgenError,
    InvalidInput,
    InvalidSelector,
    InvalidSettings,
    UnknownKind,
    UnknownNaskah,
    UnknownSatker,
    UnreadableInput,
)
from docgen.findings import Finding
from docgen.generate import SEMUA, naskah_of
from docgen.input_set import InputSet, beside, write_files
from docgen.inputs import read_bytes
from docgen.kinds import OFFICE_FONTS, DocumentKind
from docgen.registry import get_kind, kinds
from docgen.rendering import read_provenance
from docgen.satker import registry
from docgen.schema import json_schema

# SLOW IMPORTS: the service's libraries (SQLAlchemy, RQ) take longer to import than a document
# takes to make, so only the commands that need them import them.

CONTENT, USAGE = 1, 2
"""Exit codes: the content has errors; what was asked for does not exist or cannot be read."""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Membuat dokumen satker dari isian terstruktur.",
)

token_app = typer.Typer(no_args_is_help=True, help="Token untuk sistem lain.")
app.add_typer(token_app, name="token")
template_app = typer.Typer(no_args_is_help=True, help="Templat yang disunting di Word.")
app.add_typer(template_app, name="template")

Kind = Annotated[str, typer.Argument(metavar="KIND", help="Jenis dokumen, lihat `docgen kinds`.")]
Inputs = Annotated[list[Path], typer.Argument(metavar="INPUT...", help="Isian YAML atau JSON.")]
Office = Annotated[str | None, typer.Option("--satker", metavar="KODE", help="Kode satker.")]
Together = Annotated[
    list[str] | None,
    typer.Option("--bersama", metavar="KIND:FILE", help="Isian jenis lain yang harus selaras."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Keluaran JSON.")]


@app.command("kinds")
def list_kinds(*, as_json: AsJson = False) -> None:
    """Jenis dokumen, dan naskah yang dapat dibuat masing-masing."""
    rows = [
        {
            "kind": kind.name,
            "judul": kind.judul,
            "naskah": [{"naskah": one.name, "judul": one.judul} for one in kind.naskah],
        }
        for kind in kinds().values()
    ]
    if as_json:
        _say_json(rows)
        return
    for kind in kinds().values():
        typer.echo(f"{kind.name}  {kind.judul}")
        for one in kind.naskah:
            typer.echo(f"    {one.name}  {one.judul}")


@app.command()
def schema(kind: Kind) -> None:
    """JSON Schema isian sebuah jenis dokumen."""
    _say_json(json_schema(_kind(kind)))


@app.command()
def render(
    kind: Kind,
    inputs: Inputs,
    *,
    satker: Office = None,
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE")] = None,
    directory: Annotated[Path | None, typer.Option("-d", metavar="DIR")] = None,
    naskah: Annotated[str, typer.Option(metavar="NAMA|semua")] = "",
    srikandi: Annotated[bool, typer.Option("--srikandi", help="Sisakan penanda SRIKANDI.")] = False,
) -> None:
    """Membuat dokumen; semua isian diperiksa dahulu, lalu semua ditulis atau tidak satu pun."""
    if output and directory:
        _fail("Pilih salah satu: -o FILE atau -d DIR.", USAGE)
    if output and len(inputs) > 1:
        _fail_of_many(len(inputs))
    if naskah != SEMUA:
        naskah_of(_kind(kind), naskah)
    entered = _read(kind, inputs, satker)
    _tell(entered.findings)
    if entered.has_errors:
        raise typer.Exit(CONTENT)
    files = entered.generate(
        naskah=naskah,
        srikandi=srikandi,
        cache_dir=user_cache_dir(),
        embed_input=embeds_input(),
    )
    if output and len(files) > 1:
        _fail_of_many(len(files))
    folder = directory or Path()
    paths = [output] if output else [folder / name for name in files]
    write_files(dict(zip(paths, files.values(), strict=True)))
    for path in paths:
        typer.echo(path)


@app.command()
def check(
    kind: Kind,
    inputs: Inputs,
    *,
    satker: Office = None,
    together: Together = None,
    as_json: AsJson = False,
) -> None:
    """Temuan saja, atas satu isian atau beberapa yang harus selaras."""
    entered = _read(kind, inputs, satker, [_companion(one) for one in together or ()])
    if as_json:
        _say_json([finding.as_dict() for finding in entered.findings])
    else:
        _tell(entered.findings)
    if entered.has_errors:
        raise typer.Exit(CONTENT)


@app.command()
def batch(
    kind: Kind,
    inputs: Inputs,
    *,
    satker: Annotated[str, typer.Option("--satker", metavar="SELECTOR")],
    directory: Annotated[Path, typer.Option("-d", metavar="DIR")],
    force: Annotated[bool, typer.Option("--force", help="Buat ulang semuanya.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Katakan saja.")] = False,
) -> None:
    """Setiap isian untuk setiap satker yang dipilih; yang tidak berubah tidak dibuat lagi."""
    from docgen.batch import run_batch  # noqa: PLC0415  see SLOW IMPORTS

    offices = registry().select(satker)
    code = run_batch(
        _kind(kind), inputs, offices, directory, force=force, dry_run=dry_run, say=_say
    )
    raise typer.Exit(code)


@app.command("import")
def import_workbook(
    kind: Kind,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="XLSX, atau CSV.")],
    *,
    directory: Annotated[Path, typer.Option("-d", metavar="DIR")] = Path(),
    satker: Office = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Periksa saja.")] = False,
) -> None:
    """Isian dari buku kerja Excel atau CSV: setiap dokumen menjadi satu berkas YAML."""
    from docgen.workbooks.files import read_workbook  # noqa: PLC0415  see SLOW IMPORTS

    workbook = read_workbook(_kind(kind), files, registry().get(satker) if satker else None)
    _tell([one.finding for one in workbook.findings])
    if workbook.has_errors:
        raise typer.Exit(CONTENT)
    contents = workbook.input_files(directory)
    if dry_run:
        typer.echo(f"{len(contents)} isian dapat dibuat.")
        return
    write_files(contents)
    for path in contents:
        typer.echo(path)


@app.command("workbook")
def write_workbook_command(
    kind: Kind,
    inputs: Annotated[
        list[Path] | None, typer.Argument(metavar="[INPUT...]", help="Isian yang dimasukkan.")
    ] = None,
    *,
    output: Annotated[Path, typer.Option("-o", metavar="FILE")],
) -> None:
    """Buku kerja Excel untuk diisi, kosong atau berisi isian yang sudah ada."""
    from docgen.workbooks import write_workbook  # noqa: PLC0415  see SLOW IMPORTS
    from docgen.workbooks.files import read_valid_form  # noqa: PLC0415  as above

    data = [read_valid_form(_kind(kind), path) for path in inputs or ()]
    write_files({output: write_workbook(_kind(kind), data)})
    typer.echo(output)


@app.command("satker")
def list_satker(
    selector: Annotated[str, typer.Argument(metavar="SELECTOR")] = "semua",
    *,
    as_json: AsJson = False,
) -> None:
    """Satker yang dipilih: semua, pusat, provinsi, kabupaten, kota, 13.71, 13.*, atau gabungannya."""
    chosen = registry().select(selector)
    if as_json:
        _say_json([satker.as_dict() for satker in chosen])
        return
    for satker in chosen:
        typer.echo(f"{satker.kode:<6} {satker.nama_lengkap}")


@app.command()
def verify(file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Asal sebuah dokumen, dan apakah bagiannya berubah sejak dibuat."""
    provenance = read_provenance(read_bytes(file))
    for name, value in provenance.properties.items():
        typer.echo(f"{name.removeprefix('docgen.'):<9} {value}")
    if provenance.altered:
        raise AlteredDocument(f"Berubah sejak dibuat: {', '.join(provenance.altered)}.")
    typer.echo("Tidak berubah sejak dibuat.")


@app.command("open")
def open_command(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    *,
    output: Annotated[Path | None, typer.Option("-o", metavar="FILE")] = None,
) -> None:
    """Isian sebuah dokumen, dan apa yang disunting sejak dibuat; JSON bila FILE berakhiran .json."""
    # Reading XML as a tree takes half as long as making a document; only this command needs it.
    from docgen.input_yaml import as_yaml  # noqa: PLC0415  see above
    from docgen.reopening import compare, reopen  # noqa: PLC0415  see above

    content = read_bytes(file)
    opened = reopen(content)
    if output is None:
        typer.echo(as_yaml(opened.data), nl=False)
    else:
        as_json = output.suffix.lower() == ".json"
        words = _as_json(opened.data) + "\n" if as_json else as_yaml(opened.data)
        pictures, refused = beside(output, opened.pictures)
        write_files({output: words.encode(), **pictures})
        for name in (*opened.missing, *refused):
            typer.echo(f"Gambar “{name}” tidak ikut: ambil dari berkas aslinya.", err=True)
    options = f" --naskah {opened.naskah}{' --srikandi' if opened.srikandi else ''}"
    typer.echo(
        f"Buat lagi: docgen render {opened.kind.name} {output or 'ISIAN'}{options}", err=True
    )
    if opened.altered:
        comparison = compare(opened, content, registry().get(opened.satker))
        for line in (*comparison.doubts, *comparison.differences):
            typer.echo(str(line), err=True)
        if not comparison.differences:
            typer.echo("Disimpan ulang sejak dibuat; kata-katanya tidak berubah.", err=True)


@app.command("pdf")
def pdf_command(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Dokumen Word.")],
    *,
    directory: Annotated[Path, typer.Option("-d", metavar="DIR")] = Path(),
) -> None:
    """Membuat PDF dari dokumen Word, dengan LibreOffice; semua ditulis atau tidak satu pun."""
    from docgen.pdf import PdfMaker, office_program  # noqa: PLC0415  see SLOW IMPORTS

    program = office_program()
    if program is None:
        _fail("LibreOffice tidak terpasang di komputer ini.", USAGE)
    places = [directory / f"{file.stem}.pdf" for file in files]
    if len(set(places)) < len(places):
        _fail("Ada dua dokumen yang namanya sama.", USAGE)
    with PdfMaker(program, pdf_max_bytes()) as maker:
        made = {
            place: maker.make(read_bytes(file)) for place, file in zip(places, files, strict=True)
        }
    write_files({place: pdf.content for place, pdf in made.items()})
    for place, pdf in made.items():
        typer.echo(f"{place}  {pdf.pages} halaman")


@template_app.command("check")
def check_template_command(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    *,
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help="Jenis dokumennya.")],
    naskah: Annotated[str, typer.Option(metavar="NAMA", help="Naskahnya; yang pertama.")] = "",
) -> None:
    """Semua masalah sebuah templat yang disunting, masing-masing dengan tempatnya."""
    # Reading XML as a tree takes half as long as making a document; only this command needs it.
    from docgen.rendering.checking import check_template  # noqa: PLC0415  see above
    from docgen.samples import sample_contexts  # noqa: PLC0415  see above

    found = _kind(kind)
    samples = sample_contexts(found, naskah_of(found, naskah))
    problems = check_template(read_bytes(file), samples, OFFICE_FONTS)
    for problem in problems:
        word = "Kesalahan" if problem.level == "error" else "Peringatan"
        typer.echo(f"{word}: {problem}", err=True)
    if any(problem.level == "error" for problem in problems):
        raise typer.Exit(CONTENT)
    typer.echo("Templat dapat dipakai." if problems else "Templat ini tanpa masalah.")


@app.command("serve")
def serve_command(
    *,
    host: Annotated[str, typer.Option(help="Alamat tempat melayani.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Nomor port.", min=1, max=65535)] = 8000,
) -> None:
    """Menjalankan seluruh layanan di latar depan; Ctrl-C menghentikannya."""
    from docgen.supervisor import serve  # noqa: PLC0415  see SLOW IMPORTS

    _begin_log()
    serve(Settings.from_env(), host, port, typer.echo)


@app.command()
def worker(
    *,
    interactive_only: Annotated[
        bool, typer.Option("--interactive-only", help="Jangan ambil bagian pembuatan sekaligus.")
    ] = False,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Hanya membuat PDF, dengan LibreOffice.")
    ] = False,
) -> None:
    """Menjalankan satu pekerja, di mesin ini atau mesin lain."""
    from docgen.jobs import run_workers  # noqa: PLC0415  see SLOW IMPORTS

    _begin_log()
    run_workers(Settings.from_env(), interactive_only=interactive_only, pdf=pdf)


BackupFile = Annotated[Path, typer.Argument(metavar="FILE", help="Berkas cadangan.")]


@app.command("backup")
def backup_command(file: BackupFile) -> None:
    """Menyimpan semuanya dalam satu berkas: basis data, dokumen, kunci rahasia."""
    from docgen.backup import backup  # noqa: PLC0415  see SLOW IMPORTS

    held = backup(Settings.from_env(), file)
    _tell_missing(held.missing)
    typer.echo(f"{held.rows} baris dan {held.files} berkas disimpan di {file}.")


@app.command("restore")
def restore_command(file: BackupFile) -> None:
    """Memulihkan sebuah cadangan ke mesin yang kosong."""
    from docgen.backup import restore  # noqa: PLC0415  see SLOW IMPORTS

    settings = Settings.from_env()
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    held = restore(settings, file)
    _tell_missing(held.missing)
    typer.echo(f"{held.rows} baris dan {held.files} berkas dipulihkan.")


def _tell_missing(hashes: Sequence[str]) -> None:
    """Say which files are in no store any more; the next batch makes anew what is the newest."""
    if hashes:
        typer.echo(
            f"{len(hashes)} berkas tercatat tetapi tidak ada (lagi) di penyimpanan:", err=True
        )
        for sha256 in hashes:
            typer.echo(f"  {sha256}", err=True)


@app.command(hidden=True)
def dispatch() -> None:
    """Mengantar permintaan ke antrean; dijalankan oleh `serve`."""
    from docgen.jobs import dispatch_forever  # noqa: PLC0415  see SLOW IMPORTS

    dispatch_forever(Settings.from_env(), _until_told_to_stop())


@app.command(hidden=True)
def deliver() -> None:
    """Mengantar kabar ke sistem lain; dijalankan oleh `serve`."""
    from docgen.webhooks import deliver_forever  # noqa: PLC0415  see SLOW IMPORTS

    deliver_forever(Settings.from_env(), _until_told_to_stop())


@token_app.command("create")
def create_token(
    *,
    name: Annotated[str, typer.Option("--name", metavar="NAMA", help="Nama sistem pemakainya.")],
    satker: Annotated[str, typer.Option("--satker", metavar="SELECTOR", help="Lingkupnya.")],
    rate: Annotated[
        int, typer.Option("--per-menit", min=0, help="Batas permintaan semenit; 0: tanpa batas.")
    ] = 600,
    as_json: AsJson = False,
) -> None:
    """Membuat token API; hanya sekali ini ditampilkan."""
    from docgen.storage import Database, Tokens, upgrade  # noqa: PLC0415  see SLOW IMPORTS

    settings = Settings.from_env()
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(settings.database_url)
    upgrade(database)
    token = Tokens(database).create(name, satker, requests_per_minute=rate)
    if as_json:
        _say_json({"token": token})
    else:
        typer.echo(token)


def _begin_log() -> None:
    from docgen.logs import set_up_logs  # noqa: PLC0415  see SLOW IMPORTS

    set_up_logs()


def _until_told_to_stop() -> threading.Event:
    """An event that SIGTERM and SIGINT set; from here on the log is the operator's."""
    _begin_log()
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    return stop


def _kind(name: str) -> DocumentKind[Any]:
    return get_kind(name)


def _read(
    kind: str,
    inputs: Sequence[Path],
    satker: str | None,
    companions: Sequence[tuple[DocumentKind[Any], Path]] = (),
) -> InputSet:
    office = registry().get(satker) if satker else None
    return InputSet.read(_kind(kind), inputs, office, companions)


def _companion(option: str) -> tuple[DocumentKind[Any], Path]:
    kind, _, path = option.partition(":")
    if not path:
        _fail(
            f"--bersama {option}: tulis KIND:FILE, misalnya {next(iter(kinds()))}:isian.yaml.",
            USAGE,
        )
    return _kind(kind), Path(path)


def _tell(findings: Sequence[Finding]) -> None:
    for finding in findings:
        word = "Kesalahan" if finding.is_error else "Peringatan"
        source = f" [{finding.source}]" if finding.source else ""
        typer.echo(f"{word} {finding.code}: {finding}{source}", err=True)


def _say(message: str, *, err: bool = False) -> None:
    typer.echo(message, err=err)


def _say_json(value: object) -> None:
    typer.echo(_as_json(value))


def _as_json(value: object) -> str:
    # A lone surrogate of the input or of its path has no bytes; escaped, it is still JSON.
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return text.encode(errors="backslashreplace").decode()


def _fail_of_many(documents: int) -> NoReturn:
    _fail(f"-o hanya untuk satu dokumen; ini {documents} dokumen. Pakai -d DIR.", USAGE)


def _fail(message: str, code: int) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(code)


USAGE_ERRORS = (
    UnknownKind,
    UnknownNaskah,
    UnknownSatker,
    InvalidSelector,
    InvalidSettings,
    UnreadableInput,
)


def main() -> None:
    """Run the command; every deliberate error becomes its sentence and its exit code."""
    try:
        app()
    except InvalidInput as error:
        _tell(error.findings)
        sys.exit(CONTENT)
    except USAGE_ERRORS as error:
        typer.echo(str(error), err=True)
        sys.exit(USAGE)
    except (AlteredDocument, DocgenError) as error:
        typer.echo(str(error), err=True)
        sys.exit(CONTENT)


if __name__ == "__main__":
    main()
