"""Decodes the bytes of a page: by a byte order mark, the page's declaration, or else like other dumps.

Beautiful Soup's guessing of encodings is not used, because it depends on which detector is installed.
"""

from __future__ import annotations

import codecs
from contextlib import suppress
from dataclasses import replace

from bs4.dammit import EncodingDetector

from parser.html.elements import names
from parser.source import Source, read_source

# The declaration has to be in the first 1,024 bytes (WHATWG, 4.2.5.4); pages that were saved have some more above.
_SEARCHED = 4096

# Where the names of the WHATWG Encoding Standard (4.2) mean another codec than Python takes them for.
_CODECS = dict(
    pair.split("=")
    for pair in names(
        "ascii=cp1252 iso8859-1=cp1252 iso8859-9=cp1254 iso8859-11=cp874 windows-874=cp874 tis-620=cp874 "
        "gb2312=gb18030 gbk=gb18030 x-gbk=gb18030 euc_kr=cp949 shift_jis=cp932 x-sjis=cp932"
    )
)
# The encodings that a page may declare. Python has codecs that are not among text; no page may ask for those.
_ALLOWED = names(
    "cp866 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 iso8859-14 "
    "iso8859-15 iso8859-16 koi8-r koi8-u mac-roman mac-cyrillic cp874 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 "
    "cp1257 cp1258 gb18030 big5 big5hkscs euc_jp iso2022_jp cp932 cp949"
)


def decode_page(data: str | bytes, max_size: int) -> Source:
    """Decode a page, or refuse it as `read_source` does. `Source.encoding` is `cp1252` only if that was guessed."""
    if isinstance(data, bytes) and len(data) <= max_size and (codec := declared_codec(data)):
        # A declaration can be wrong; then it is ignored.
        with suppress(UnicodeDecodeError):
            source = read_source(data.decode(codec), max_size)
            return replace(source, encoding="windows-1252" if codec == "cp1252" else codec)
    return read_source(data, max_size)


def declared_codec(data: bytes) -> str | None:
    """The codec that a page declares; None if that is UTF-8, unknown, or missing.

    A byte order mark takes precedence over a declaration. A page that can be read up to its declaration is not in
    UTF-16, whatever it declares (WHATWG, 13.2.3.2).
    """
    start, marked = EncodingDetector.strip_byte_order_mark(data[:_SEARCHED])
    name = EncodingDetector.find_declared_encoding(start, is_html=True, search_entire_document=True)
    if marked or not name:
        return None
    name = name.strip()
    if name not in _CODECS:
        try:
            name = codecs.lookup(name).name
        except (LookupError, ValueError):
            return None
    name = _CODECS.get(name, name)
    return name if name in _ALLOWED else None
