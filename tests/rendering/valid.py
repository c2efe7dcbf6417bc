"""Whether a file keeps the schema of Word documents, by an outside validator."""

from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator


def cleaned(document):
    """A document of python-docx's without what the validator refuses of its own template."""
    for relation in list(document.part.rels.values()):
        if relation.reltype.endswith("/stylesWithEffects"):
            document.part.drop_rel(relation.rId)
            document.part.rels.pop(relation.rId, None)
    document.settings.element.find(qn("w:zoom")).set(qn("w:percent"), "100")
    return document


def errors(content, tmp_path):
    path = tmp_path / "hasil.docx"
    path.write_bytes(content)
    return [str(error) for error in OpenXmlValidator().validate(str(path)).errors]
