"""A mistake as it was typed: what is wrong with the form, a sentence for each field, and nothing typed is lost.

A photo that came with a form that has a fault elsewhere is drawn anew at once and travels back sealed in the page, so
that nobody has to choose it again.
"""

from __future__ import annotations

from functools import cached_property

from django.contrib.gis.geos import GEOSGeometry
from django.utils.translation import gettext

from contact import addresses, places, sealing
from contact.mistakes import Told
from contact.places import Fault
from geoportal.params import Mistake
from geoportal.subjects import Subject
from importers.reader import Refused
from importers.reader.photos import PHOTO, redraw
from importers.reader.refusals import words

SHORTEST, LONGEST, LONGEST_PLACE = 5, 4_000, 8_000
EMPTY = Mistake()


class Form:
    """`typed`: what came in, None for an empty form. `faults`: a sentence by field; the form is right without any."""

    def __init__(self, typed: Mistake | None, subject: Subject) -> None:
        self.typed, self.subject = typed or EMPTY, subject
        self.faults: dict[str, str] = {}
        self.place: GEOSGeometry | None = None
        self.photo: bytes | None = None
        if typed is not None:
            self._check()

    @property
    def is_right(self) -> bool:
        return not self.faults

    @cached_property
    def kept_photo(self) -> str:
        """The good photo of a form with a fault, sealed."""
        return sealing.seal_bytes(self.photo).decode("ascii") if self.photo else ""

    def told(self, snapshot: int, language: str) -> Told:
        """What is kept. Only of a form that is right."""
        about = self.subject
        return Told(
            text=self.typed.text.strip(),
            language=language,
            subject_layer=about.layer,
            subject_id=about.feature_id,
            subject=about.words,
            snapshot=snapshot,
            place=self.place,
            photo=self.photo,
            contact=addresses.email(self.typed.contact) or addresses.phone(self.typed.contact) or "",
        )

    def _check(self) -> None:
        size = len(self.typed.text.strip())
        if size < SHORTEST:
            self.faults["text"] = gettext("Hãy viết sai ở đâu và đúng phải là gì.")
        elif size > LONGEST:
            self.faults["text"] = gettext("Dài quá: tối đa {most} ký tự, đang có {size}.").format(
                most=LONGEST, size=size
            )
        contact = self.typed.contact.strip()
        if contact and not (addresses.email(contact) or addresses.phone(contact)):
            self.faults["contact"] = gettext("Đây chưa phải là một địa chỉ thư điện tử hay số điện thoại.")
        if self.typed.website:
            self.faults["website"] = gettext("Ô này phải để trống: nó chỉ để nhận ra chương trình tự gửi.")
        self._check_place()
        self._check_photo()

    def _check_place(self) -> None:
        if len(self.typed.place) > LONGEST_PLACE:
            found: GEOSGeometry | Fault | None = Fault("too-many")
        else:
            found = places.shape(self.typed.place)
        if isinstance(found, Fault):
            self.faults["place"] = sentence(found)
        else:
            self.place = found

    def _check_photo(self) -> None:
        if self.typed.photo_size > PHOTO.file:
            self.faults["photo"] = told_of(Refused("photo-too-large", limit=PHOTO.file // 2**20))
        elif self.typed.photo is not None and self.typed.photo_size:
            try:
                self.photo = redraw(self.typed.photo)
            except Refused as refused:
                self.faults["photo"] = told_of(refused)
        elif self.typed.kept_photo:
            try:
                self.photo = sealing.unseal_bytes(self.typed.kept_photo.encode("ascii", "replace"))
            except sealing.Unsealable:
                self.faults["photo"] = gettext("Hãy chọn lại ảnh.")


def told_of(refused: Refused) -> str:
    return " ".join(words(refused))


def sentence(fault: Fault) -> str:
    words_of = {
        "too-many": gettext("Nhiều tọa độ quá: tối đa {most} dòng.").format(most=places.MOST_LINES),
        "outside": gettext("Dòng {line}: tọa độ này không nằm trong tỉnh.").format(line=fault.line),
        "unreadable": gettext(
            "Dòng {line}: chưa đọc được tọa độ. Viết như 20,45044 106,34048 hoặc 2262291,7 587448,6."
        ).format(line=fault.line),
    }
    return words_of[fault.code]
