"""What the files say, in four languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """All that one file says; ``ways`` is a list, ``hours`` the rows of a table below ``heads``."""

    title: str
    intro: str
    see: str
    ways_title: str
    ways: tuple[str, ...]
    hours_title: str
    heads: tuple[str, str]
    hours: tuple[tuple[str, str], ...]
    map_title: str
    map_alt: str
    site: str


LANGUAGES = {
    "en": Words(
        "How to find us",
        "The clinic is on the second floor, above the bakery. There is a lift.",
        "See when we are open",
        "Ways to come",
        ("By bus, line 4, to Mill Street.", "On foot, along the river.", "By car: park behind the house."),
        "When we are open",
        ("Day", "Hours"),
        (("Monday", "8 to 12"), ("Tuesday", "10 to 18"), ("Friday", "8 to 14")),
        "The map",
        "A street that runs along a river, with a house in its middle",
        "The bus timetable",
    ),
    "es": Words(
        "Cómo llegar",
        "La clínica está en el segundo piso, encima de la panadería. Hay ascensor.",
        "Vea cuándo abrimos",
        "Maneras de venir",
        ("En autobús, línea 4.", "A pie, junto al río.", "En coche: aparque detrás de la casa."),
        "Cuándo abrimos",
        ("Día", "Horas"),
        (("Lunes", "de 8 a 12"), ("Martes", "de 10 a 18"), ("Viernes", "de 8 a 14")),
        "El plano",
        "Una calle junto a un río, con una casa en el medio",
        "El horario del autobús",
    ),
    "fr": Words(
        "Comment nous trouver",
        "Le cabinet est au deuxième étage, au-dessus de la boulangerie. Il y a un ascenseur.",
        "Voir nos heures",
        "Pour venir",
        ("En bus, ligne 4.", "À pied, le long de la rivière.", "En voiture : garez-vous derrière la maison."),
        "Quand nous sommes ouverts",
        ("Jour", "Heures"),
        (("Lundi", "8 h à 12 h"), ("Mardi", "10 h à 18 h"), ("Vendredi", "8 h à 14 h")),
        "Le plan",
        "Une rue le long d’une rivière, avec une maison au milieu",
        "L’horaire du bus",
    ),
    "ar": Words(
        "كيف تصل إلينا",
        "العيادة في الطابق الثاني فوق المخبز. يوجد مصعد.",
        "انظر متى نفتح",
        "طرق المجيء",
        ("بالحافلة رقم 4.", "مشيا على طول النهر.", "بالسيارة: قف خلف البيت."),
        "متى نفتح",
        ("اليوم", "الساعات"),
        (("الاثنين", "من 8 إلى 12"), ("الثلاثاء", "من 10 إلى 18"), ("الجمعة", "من 8 إلى 14")),
        "الخريطة",
        "شارع على طول نهر وفي وسطه بيت",
        "جدول الحافلة",
    ),
}
