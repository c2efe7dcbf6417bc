"""Drafts, versions, stages and counts, the same on SQLite and on PostgreSQL."""

import pytest

from docgen.errors import UnknownSatker
from docgen.kinds import Archive
from docgen.storage import (
    Access,
    DocumentFile,
    Documents,
    DraftChanged,
    Drafts,
    Library,
    Scope,
    Stages,
    Total,
    Typed,
    Wanted,
    Work,
)

OFFICE = "13.71"
SCOPE = Scope(OFFICE)
FILE = DocumentFile("sop", "a.docx", 1, "0" * 64)


@pytest.fixture
def store(database):
    """A migrated database, of each sort in turn as all of this folder's."""
    return database


@pytest.fixture
def who(store):
    access = Access(store)
    return access.who(access.use_link(access.first_link()))


@pytest.fixture
def made(store, who, clock, settings):
    """Ask for a document and have it made; answers with its id."""

    def made(kind="sop", judul="A", tanggal=None, areas=(), **options):
        clock.forward(1)
        document_id = Documents(store, SCOPE).request(
            kind,
            OFFICE,
            {},
            judul=judul,
            archive=Archive(judul, f"1/{judul}", tanggal),
            areas=areas,
            who=who,
            **options,
        )
        work = Work(store, settings.lease_seconds)
        work.finish(work.claim(document_id, "w"), [FILE])
        return document_id

    return made


def test_the_newest_versions_are_counted_by_stage_office_and_area(store, who, made):
    first = made(areas=(1, 2))
    second = made(continues=first, areas=(1,))
    other = made("rencana_aksi", "B_1%")
    stages = Stages(store, who)
    assert stages.submit(other)
    assert stages.check(other)
    assert stages.approve(other)
    assert not stages.submit(first)  # there is a newer version
    library = Library(store, SCOPE)
    assert [one.id for one in library.find(Wanted())] == [other, second]
    assert [one.id for one in library.find(Wanted(words="b_1%"))] == [other]
    assert [one.id for one in library.find(Wanted(standing="approved"))] == [other]
    assert library.counts(Wanted())["draft"] == library.counts(Wanted())["approved"] == 1
    assert library.totals_by_area() == [
        Total(0, "rencana_aksi", 1, 1),
        Total(1, "sop", 1, 0),
    ]
    assert {one.place for one in library.totals_by_office()} == {OFFICE}
    assert stages.submit(second)
    assert [one.id for one in library.waiting(["submitted"])] == [second]
    assert stages.send_back(second, "Belum")
    assert library.waiting(["submitted"]) == []
    assert [one.id for one in library.to_mend(who.user_id)] == [second]
    assert Library(store, Scope("12")).totals_by_area() == []


def test_a_version_of_another_office_or_kind_begins_a_series_of_its_own(store, made):
    first = made()
    other = made("rencana_aksi", continues=first)
    found = Documents(store, SCOPE).get(other)
    assert (found.series, found.version) == (other, 1)
    assert Documents(store, SCOPE).get(first).is_latest


def test_a_draft_is_saved_by_revision_and_only_within_the_scope(store, who):
    drafts = Drafts(store, who)
    draft_id = drafts.new_id()

    def typed(revision, editor, **data):
        return Typed(data, "A", 1, 3, revision, editor)

    assert drafts.save(draft_id, "sop", OFFICE, typed(0, "a", judul="A")).revision == 1
    with pytest.raises(DraftChanged) as refused:
        drafts.save(draft_id, "sop", OFFICE, typed(0, "b", judul="B"))
    assert refused.value.draft.data == {"judul": "A"}
    with pytest.raises(UnknownSatker):
        drafts.save(draft_id, "sop", "13.72", typed(1, "a"))
    with pytest.raises(UnknownSatker):
        drafts.save("../" + draft_id, "sop", OFFICE, typed(0, "a"))
    assert [one.id for one in drafts.mine()] == [draft_id]
    drafts.made(draft_id, "d" * 32)
    assert drafts.count() == 0
    assert drafts.save(draft_id, "sop", OFFICE, typed(1, "a", judul="A")).is_open is False
    again = drafts.save(draft_id, "sop", OFFICE, typed(2, "a", judul="lain"))
    assert (again.is_open, again.document_id) == (True, "d" * 32)
