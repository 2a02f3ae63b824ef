"""Fixtures made in code, in our own sentences."""

from __future__ import annotations

REPORT = (
    "甲市把产业工人的培训放在改革的前面。去年全市办了三十二个工种的班，一千二百余名工人拿到了新的等级证书。\n"
    "市总工会和人社部门一起定下补贴的办法，企业每带出一名徒弟，每年可以领到四千元的补助，钱由财政直接拨到账上。\n"
    "今年还要新建五家工匠学院，让车间里的老师傅上讲台，把手上的本领教给年轻的一线职工，学成的人可以参加评定。\n"
)
TRADITIONAL = "甲市的總工會為產業工人開辦了學習班，職員們說這個辦法對大家很有幫助，報名的人數比去年多了一倍。"


def pdf_bytes(pages: list[list[str]]) -> bytes:
    """A PDF with a text layer and no embedded font: each page is a list of lines, mapped by a ToUnicode table."""
    characters = sorted({character for lines in pages for line in lines for character in line})
    codes = {character: number for number, character in enumerate(characters, start=1)}
    rows = [f"<{codes[character]:04X}> <{ord(character):04X}>" for character in characters]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    mapping = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{mapping}\nendcmap end end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{7 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /DW 1000 /FontDescriptor 5 0 R"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        "<< /Type /FontDescriptor /FontName /Own /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 800"
        " /Descent -200 /CapHeight 700 /StemV 80 >>",
        f"<< /Length {len(to_unicode)} >>\nstream\n{to_unicode}\nendstream",
    ]
    for number, lines in enumerate(pages):
        drawn = "\n".join(
            f"BT /F1 12 Tf 60 {780 - 20 * row} Td <{''.join(f'{codes[character]:04X}' for character in line)}> Tj ET"
            for row, line in enumerate(lines)
        )
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            f" /Contents {8 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode("ascii")
    return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode("ascii")
