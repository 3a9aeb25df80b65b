"""姓名的读音 (sounds of names): by which a name is found whose characters somebody does not know."""

from __future__ import annotations

from generator.pages.name_order import surname_readings
from generator.spellings.han_words import name_key
from generator.spellings.sounds import reading_of


def sounds_of(name: str) -> tuple[str, ...]:
    """读音 of a person's whole name in pinyin, without tones and spaces.

    单雄信 has two, shanxiongxin and danxiongxin: who hears the name writes the one, who reads it the other. None for
    a name of which a character has no known reading.
    """
    key = name_key(name)
    plain = [reading_of(char) for char in key]
    if len(plain) < 2 or not all(plain):
        return ()
    single, compound = surname_readings()
    read = compound[key[:2]] if len(key) > 2 and key[:2] in compound else single.get(key[0], plain[0])
    spoken = [part.rstrip("12345") for part in ([read] if isinstance(read, str) else read)]
    return tuple(dict.fromkeys("".join(own) for own in ([*spoken, *plain[len(spoken) :]], plain)))
