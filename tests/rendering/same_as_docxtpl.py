"""What docxtpl makes, what the engine makes, and both in a form that can be compared.

The differences that are intended, and taken out here:

- ids of drawings, bookmarks, paragraphs: docxtpl repeats them in loops, the engine does not
  (bookmarks that nothing refers to are dropped);
- a tab: docxtpl gives it a run of its own with the same formatting;
- pictures: each brings its own XML, ids and names;
- column grids: docxtpl evens them out when a loop adds cells; with us `{% kisi %}` sets them;
- `vm`, `hm`, `colspan` and `cellbg`: docxtpl writes them out of the schema's order, so both get them
  carried out before;
- endnotes, charts and properties: docxtpl fills none of the first two, and escapes the last twice;
- tracked deletions: the engine leaves them out;
- a table, row, cell or header that loops leave empty: the engine puts in what Word wants;
- empty runs, and blank text between elements: neither shows.
"""

import re
import zipfile
from io import BytesIO

from lxml import etree

from bench.rendering import docxtpl_fill, for_docxtpl
from docgen.rendering.loading import load_bytes
from docgen.rendering.xml import q

PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
FILLED_BY_BOTH = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
FORGOTTEN = (q("w:bookmarkStart"), q("w:bookmarkEnd"), q("w:tblGrid"), q("w:proofErr"))


def both(template, context):
    """The parts that docxtpl and the engine make of it, by name, in comparable form."""
    theirs = docxtpl_fill(for_docxtpl(template), context)
    ours = load_bytes(template).fill(context).content
    return comparable(theirs), comparable(ours)


def comparable(content):
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {
            name: _canonical(etree.fromstring(package.read(name)))
            for name in package.namelist()
            if FILLED_BY_BOTH.fullmatch(name)
        }


def _canonical(root):
    _complete(root)
    empty = [one for one in root.iter(q("w:rPr")) if not len(one)]
    for element in [*root.iter(*FORGOTTEN), *empty]:
        element.getparent().remove(element)
    for drawing in list(root.iter(q("w:drawing"))):
        if next(drawing.iter(PICTURE), None) is not None:
            drawing.getparent().replace(drawing, etree.Element("picture"))
    for element in root.iter(etree.Element):
        _forget_ids(element)
        if element.tag != q("w:t") and not (element.text or "").strip():
            element.text = None
        if not (element.tail or "").strip():
            element.tail = None
    for paragraph in list(root.iter(q("w:p"))):
        _join_runs(paragraph)
    return etree.tostring(root, method="c14n").decode().replace("><", ">\n<").split("\n")


def _complete(root):
    """Put in what loops left out and Word wants: a row in a table, a cell in a row."""
    for outer, inner in (("w:tbl", "w:tr"), ("w:tr", "w:tc"), ("w:tc", "w:p")):
        for element in root.iter(q(outer)):
            if element.find(q(inner)) is None:
                etree.SubElement(element, q(inner))


def _forget_ids(element):
    for name in list(element.attrib):
        if name.endswith(("}paraId", "}textId", "}space")) or "}rsid" in name:
            del element.attrib[name]
    if element.tag == q("wp:docPr"):
        element.set("id", "0")


def _join_runs(paragraph):
    """Runs of equal formatting become one; texts side by side become one."""
    last = None
    for run in paragraph.findall(q("w:r")):
        properties = run.find(q("w:rPr"))
        formatting = b"" if properties is None else etree.tostring(properties, method="c14n")
        content = [child for child in run if child is not properties]
        if not any(child.text or child.tag != q("w:t") for child in content):
            paragraph.remove(run)
            continue
        if last is not None and last[0] is run.getprevious() and last[1] == formatting:
            last[0].extend(content)
            paragraph.remove(run)
        else:
            last = (run, formatting)
    for run in paragraph.findall(q("w:r")):
        _join_texts(run)


def _join_texts(run):
    last = None
    for child in list(run):
        if child.tag != q("w:t"):
            last = None
        elif last is not None or not child.text:
            if last is not None:
                last.text += child.text or ""
            run.remove(child)
        else:
            last = child
