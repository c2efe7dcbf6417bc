"""Make README's pictures anew: `.venv/bin/python -m tests.pictures.make`."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from docgen.generate import generate, prepare
from tests.conftest import Example, examples
from tests.fixtures.browser import ARGUMENTS, CHROMIUM
from tests.fixtures.pages import send_form
from tests.fixtures.service import Service
from web.controls import form_sections
from web.forms import write_form

FOLDER = Path(__file__).parent
EXAMPLE = "kpu_paw_dprd"
OFFICE = "13.01"


def main() -> None:
    """Write `sop.png` and `isian.png` beside this file."""
    example = next(one for one in examples() if one.path.stem == EXAMPLE)
    with tempfile.TemporaryDirectory() as folder:
        picture_document(example, Path(folder))
        picture_form(example, Path(folder))


def picture_document(example: Example, folder: Path) -> None:
    """The second page of the Word file, which holds the flowchart."""
    payload = prepare(example.kind, example.data, example.satker).valid_payload()
    (file,) = generate(example.kind, payload, example.satker)
    path = folder / file.filename
    path.write_bytes(file.content)
    office = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/lo"]
    run([*office, "--convert-to", "pdf", "--outdir", str(folder), str(path)])
    run(["pdftoppm", "-r", "75", "-png", str(path.with_suffix(".pdf")), str(folder / "sop")])
    pages = sorted(folder.glob("sop-*.png"))
    shrink(pages[1], FOLDER / "sop.png")


def picture_form(example: Example, folder: Path) -> None:
    """The steps of the form, with the drawing beside them."""
    service = Service(folder / "s", {})
    try:
        service.start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            page = browser.new_page(
                base_url=service.url, viewport={"width": 1280, "height": 860}, locale="id-ID"
            )
            open_form(page, example, service)
            page.screenshot(path=folder / "isian.png")
            browser.close()
    finally:
        service.stop()
    shrink(folder / "isian.png", FOLDER / "isian.png")


def open_form(page: Page, example: Example, service: Service) -> None:
    """Sign in, fill the form and go to its steps."""
    page.goto(service.link)
    page.get_by_role("button", name="Masuk").click()
    page.goto(f"/buat/{example.kind.name}?satker={OFFICE}")
    send_form(page, write_form(form_sections(example.kind), example.data), "periksa")
    page.evaluate("document.querySelector('.split').scrollIntoView()")
    page.wait_for_timeout(500)


def shrink(source: Path, target: Path) -> None:
    """Few colours are enough for pages, and keep a picture under 120 kB."""
    with Image.open(source) as image:
        image.convert("RGB").quantize(48).save(target, optimize=True)


def run(command: list[str]) -> None:
    """Run a program that must be there and must succeed."""
    program = shutil.which(command[0])
    if program is None:
        raise SystemExit(f"{command[0]} is not installed")
    subprocess.run([program, *command[1:]], check=True, capture_output=True)


if __name__ == "__main__":
    main()
