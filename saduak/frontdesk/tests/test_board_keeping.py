"""Those who supervise a desk put up its boards and record its voice."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from saduak.attachments.tests.factories import sound
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, person_of
from saduak.frontdesk.models import Board, VoiceClip
from saduak.frontdesk.operations.voices import bring_voice, record_word
from saduak.frontdesk.tests.factories import BoardFactory, DeskFactory
from saduak.frontdesk.tests.world import DeskWorld
from saduak.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return DeskWorld().stand()


@pytest.fixture
def head(client, world):
    client.force_login(world.head)
    return client


def at(world, name, **also):
    return reverse(name, kwargs={"code": world.centre.code, **also})


def said(response):
    return response.content.decode()


def upload(**how):
    return SimpleUploadedFile("word.wav", sound(**how))


class TestBoards:
    def test_a_board_is_put_up_and_opened(self, head, world):
        typed = {"name": "ห้องพักคอย", "theme": "dark", "orientation": "portrait", "speaks": "on", "seen": "0"}
        answer = head.post(at(world, "put_up_board"), {**typed, "seen": world.desk.version})

        board = Board.objects.get()
        assert answer.status_code == 302
        assert (board.name, board.theme, board.orientation, board.is_active) == ("ห้องพักคอย", "dark", "portrait", True)
        page = said(head.get(at(world, "list_boards")))
        assert f"/queue/board/{board.address}" in page
        assert Entry.objects.get(step="board_put_up").facts["name"] == "ห้องพักคอย"

    def test_zones_are_those_of_the_counters(self, head, world):
        world.desk.counters.filter(label="1").update(zone="ชั้น 2")
        assert "ชั้น 2" in said(head.get(at(world, "put_up_board")))

        typed = {"name": "จอ", "theme": "light", "orientation": "landscape", "zones": ["ชั้น 9"], "seen": "1"}
        answer = head.post(at(world, "put_up_board"), typed)

        assert answer.status_code == 422
        assert not Board.objects.exists()

    def test_who_was_overtaken_keeps_what_was_typed(self, head, world):
        board = BoardFactory(desk=world.desk)
        typed = {"name": "จอใหม่", "theme": "light", "orientation": "landscape", "is_active": "on", "seen": "999"}

        answer = head.post(at(world, "correct_board", pk=board.pk), typed)

        assert answer.status_code == 409
        assert "จอใหม่" in said(answer)
        assert Board.objects.get().name == board.name

    def test_a_board_is_taken_down(self, head, world, client):
        board = BoardFactory(desk=world.desk)
        typed = {"name": board.name, "theme": "light", "orientation": "landscape", "seen": world.desk.version}

        head.post(at(world, "correct_board", pk=board.pk), typed)

        assert client.get(reverse("show_board", args=[board.address])).status_code == 404
        assert "เลิกใช้" in said(head.get(at(world, "list_boards")))

    def test_saving_what_stands_there_already_changes_nothing(self, head, world):
        board = BoardFactory(desk=world.desk)
        typed = {"name": board.name, "theme": "light", "orientation": "landscape", "speaks": "on", "is_active": "on"}

        head.post(at(world, "correct_board", pk=board.pk), {**typed, "seen": world.desk.version})

        assert not Entry.objects.filter(step="board_corrected").exists()

    def test_an_old_address_shows_nothing(self, head, world):
        board = BoardFactory(desk=world.desk)

        head.post(at(world, "give_board_new_address", pk=board.pk), {"seen": world.desk.version})

        assert Board.objects.get().address != board.address
        assert head.get(reverse("show_board", args=[board.address])).status_code == 404

    def test_a_board_of_another_desk_is_not_there(self, head, world):
        other = BoardFactory(desk=DeskFactory())

        assert head.get(at(world, "correct_board", pk=other.pk)).status_code == 404


class TestVoice:
    def test_a_word_is_recorded_and_recorded_again(self, head, world):
        first = head.post(
            at(world, "record_word"), {"word": "th_08", "sound": upload()}, headers={"Accept": "application/json"}
        )
        head.post(at(world, "record_word"), {"word": "th_08", "sound": upload(milliseconds=500)})

        assert first.json() == {"recorded": 1, "milliseconds": 300}
        assert VoiceClip.objects.get().milliseconds == 500
        assert [entry.facts["said"] for entry in Entry.objects.filter(step="word_recorded")] == ["ศูนย์", "ศูนย์"]
        page = said(head.get(at(world, "show_voice")))
        assert "1 จาก 48" in page

    def test_what_is_no_sound_is_refused_with_the_reason(self, head, world):
        sent = {"word": "th_08", "sound": SimpleUploadedFile("word.wav", b"<script>")}
        told = head.post(at(world, "record_word"), sent, headers={"Accept": "application/json"})
        sent = {"word": "th_08", "sound": SimpleUploadedFile("word.wav", b"<script>")}
        shown = head.post(at(world, "record_word"), sent)

        assert (told.status_code, shown.status_code) == (422, 422)
        assert "อ่านเสียงที่บันทึกไม่ได้" in told.json()["problem"]
        assert "อ่านเสียงที่บันทึกไม่ได้" in said(shown)
        assert not VoiceClip.objects.exists()

    def test_only_our_words_are_recorded(self, head, world):
        assert head.post(at(world, "record_word"), {"word": "th_99", "sound": upload()}).status_code == 404

    def test_a_recorded_word_is_served_as_what_it_is(self, head, world):
        record_word(world.desk, "th_01", upload(), by=world.head)
        board = BoardFactory(desk=world.desk)

        answer = head.get(reverse("board_clip", args=[board.address, "th_01"]))

        assert answer["Content-Type"] == "audio/wav"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].startswith("default-src 'none'")
        assert head.get(reverse("board_voice", args=[board.address])).json()["clips"].keys() == {"th_01"}

    def test_how_calls_begin_and_end_is_chosen(self, head, world):
        head.post(at(world, "choose_manner"), {"opening": "th_02", "ending": "th_07"})

        voice = head.get(at(world, "voice_sounds")).json()
        assert (voice["opening"], voice["ending"]) == ("th_02", "th_07")
        assert head.post(at(world, "choose_manner"), {"opening": "th_09", "ending": "th_07"}).status_code == 422

    def test_words_are_brought_from_the_same_agency_only(self, head, world):
        giver = DeskFactory(centre=CentreFactory(agency=world.centre.agency))
        stranger = DeskFactory(centre=CentreFactory())
        for desk in (giver, stranger):
            theirs = person_of(Office.CENTRE_HEAD, centre=desk.centre)
            for code in ("th_01", "th_02"):
                record_word(desk, code, upload(), by=theirs)
        record_word(world.desk, "th_01", upload(milliseconds=700), by=world.head)

        refused = head.post(at(world, "bring_voice"), {"giver": stranger.pk})
        taken = head.post(at(world, "bring_voice"), {"giver": giver.pk}, follow=True)

        assert refused.status_code == 422
        assert "นำมาแล้ว 1 คำ" in said(taken)
        assert list(world.desk.voice_clips.values_list("code", "milliseconds")) == [("th_01", 700), ("th_02", 300)]

    def test_a_voice_is_brought_only_from_where_one_is(self, world):
        giver = DeskFactory(centre=CentreFactory(agency=world.centre.agency))

        with pytest.raises(ValidationError):
            bring_voice(world.desk, giver, by=world.head)

        theirs = person_of(Office.CENTRE_HEAD, centre=giver.centre)
        record_word(giver, "th_01", upload(), by=theirs)
        assert [bring_voice(world.desk, giver, by=world.head) for _ in range(2)] == [1, 0]
        assert Entry.objects.filter(step="voice_brought").count() == 1

    def test_a_voice_is_taken_along(self, head, world):
        record_word(world.desk, "th_01", upload(), by=world.head)

        answer = head.get(at(world, "download_voice"))

        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert archive.namelist() == ["th_01.wav"]
            assert archive.read("th_01.wav") == sound()

    def test_a_word_is_taken_back(self, head, world):
        record_word(world.desk, "th_01", upload(), by=world.head)

        for _ in range(2):
            head.post(at(world, "remove_word"), {"word": "th_01"})

        assert not VoiceClip.objects.exists()
        assert Entry.objects.filter(step="word_removed").count() == 1
