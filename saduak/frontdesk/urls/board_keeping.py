"""Addresses for those who keep a desk's boards and its voice."""

from django.urls import path

from saduak.frontdesk.views import board_keeping, voices

urlpatterns = [
    path("<str:code>/boards", board_keeping.list_boards_view, name="list_boards"),
    path("<str:code>/boards/new", board_keeping.put_up_board_view, name="put_up_board"),
    path("<str:code>/boards/<int:pk>", board_keeping.correct_board_view, name="correct_board"),
    path(
        "<str:code>/boards/<int:pk>/address", board_keeping.give_board_new_address_view, name="give_board_new_address"
    ),
    path("<str:code>/voice", voices.show_voice_view, name="show_voice"),
    path("<str:code>/voice/record", voices.record_word_view, name="record_word"),
    path("<str:code>/voice/remove", voices.remove_word_view, name="remove_word"),
    path("<str:code>/voice/manner", voices.choose_manner_view, name="choose_manner"),
    path("<str:code>/voice/bring", voices.bring_voice_view, name="bring_voice"),
    path("<str:code>/voice/sounds", voices.voice_sounds_view, name="voice_sounds"),
    path("<str:code>/voice/words/<slug:word>", voices.voice_word_view, name="voice_word"),
    path("<str:code>/voice/download", voices.download_voice_view, name="download_voice"),
]
