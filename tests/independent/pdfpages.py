"""A PDF's pages as one reads them: size, texts with place and size, filled rectangles. Reads what Qt writes; standard library only."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field

OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\s(.*?)\nendobj", re.DOTALL)
TOKEN = re.compile(rb"<<|>>|<[0-9A-Fa-f\s]*>|/[^\s/<>\[\]()]+|\[|\]|\((?:\\.|[^\\)])*\)|[^\s/<>\[\]()]+")
ONE = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass
class Text:
    """What one stroke of the pen says, where it begins on its line (points from the page's upper left), how large it is."""

    text: str
    x: float
    y: float
    size: float
    turned: bool


@dataclass
class Page:
    width: float
    height: float
    texts: list[Text] = field(default_factory=list)
    grounds: list[tuple[float, float, float, float, str]] = field(default_factory=list)  # x, y, width, height, #RRGGBB

    @property
    def words(self):
        return ["".join(text.text for text in self.texts)]


def times(a, b):
    """Two transformations, ``a`` first."""
    return (
        a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5],
    )  # fmt: skip


def at(matrix, x, y):
    return matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]


class File:
    def __init__(self, content):
        self.objects = {int(found[1]): found[2] for found in OBJECT.finditer(content)}
        self.letters = {}

    def stream(self, number):
        body = self.objects[number]
        data = body[body.index(b"stream\n") + 7 : body.rindex(b"\nendstream")]
        return zlib.decompress(data) if b"/FlateDecode" in body else data

    def ref(self, body, name):
        return int(re.search(rb"/%s (\d+) 0 R" % name, body)[1])

    def font(self, number):
        """Glyph → character, as a search in the file has it."""
        if number not in self.letters:
            found = {}
            text = self.stream(self.ref(self.objects[number], b"ToUnicode"))
            for part in re.findall(rb"beginbfrange\n(.*?)endbfrange", text, re.DOTALL):
                for first, last, to in re.findall(rb"<(\w+)> <(\w+)> (\[.*?\]|<\w+>)", part, re.DOTALL):
                    many = re.findall(rb"<(\w+)>", to)
                    for step in range(int(last, 16) - int(first, 16) + 1):
                        code = bytes.fromhex(many[step if len(many) > 1 else 0].decode())
                        letter = code.decode("utf-16-be")
                        found[int(first, 16) + step] = letter if len(many) > 1 else chr(ord(letter) + step)
            self.letters[number] = found
        return self.letters[number]

    def pages(self):
        (tree,) = (body for body in self.objects.values() if b"/Type /Pages" in body)
        kids = re.search(rb"/Kids\s*\[(.*?)\]", tree, re.DOTALL)[1]
        return [self.page(int(number)) for number in re.findall(rb"(\d+) 0 R", kids)]

    def page(self, number):
        body = self.objects[number]
        box = [float(each) for each in re.search(rb"/MediaBox\s*\[(.*?)\]", body)[1].split()]
        resources = self.objects[self.ref(body, b"Resources")]
        fonts = {
            name.decode(): int(to)
            for name, to in re.findall(rb"/(\w+) (\d+) 0 R", re.search(rb"/Font\s*<<(.*?)>>", resources, re.DOTALL)[1])
        }
        page = Page(box[2] - box[0], box[3] - box[1])
        Pen(self, fonts, page).draw(self.stream(self.ref(body, b"Contents")))
        return page


class Pen:
    def __init__(self, file, fonts, page):
        self.file, self.fonts, self.page = file, fonts, page
        self.matrix, self.kept, self.ink = ONE, [], "#000000"
        self.line, self.font, self.size, self.quiet = ONE, "", 0.0, 0
        self.said = None

    def draw(self, content):
        stack = []
        for token in TOKEN.findall(content):
            if re.fullmatch(rb"[A-Za-z*']+", token):
                self.act(token.decode(), stack)
                stack = []
            else:
                stack.append(token)

    def act(self, name, stack):  # noqa: C901 - a page's operators, one below the other
        numbers = [float(each) for each in stack if re.fullmatch(rb"-?[\d.]+", each)]
        match name:
            case "q":
                self.kept.append((self.matrix, self.ink))
            case "Q":
                self.matrix, self.ink = self.kept.pop()
            case "cm":
                self.matrix = times(tuple(numbers), self.matrix)
            case "scn" if len(numbers) == 3:
                self.ink = "#" + "".join(f"{round(each * 255):02X}" for each in numbers)
            case "re":
                self.ground(numbers)
            case "BT":
                self.line, self.said = ONE, None
            case "Tf":
                self.font, self.size = stack[0].decode().lstrip("/"), numbers[0]
            case "Tm":
                self.line = tuple(numbers)
            case "Td":
                self.line = times((1, 0, 0, 1, numbers[0], numbers[1]), self.line)
            case "BDC":
                self.quiet += 1  # drawn once more to look bold; nobody copies it twice
            case "EMC":
                self.quiet -= 1
            case "Tj" if not self.quiet:
                self.say(stack[0])

    def say(self, token):
        letters = self.file.font(self.fonts[self.font])
        codes = token[1:-1].decode()
        text = "".join(letters.get(int(codes[n : n + 4], 16), "�").replace("\t", " ") for n in range(0, len(codes), 4))
        whole = times(self.line, self.matrix)
        if self.said is not None:
            self.said.text += text
            return
        x, y = at(whole, 0, 0)
        scale = (whole[0] ** 2 + whole[1] ** 2) ** 0.5
        self.said = Text(text, x, self.page.height - y, self.size * scale, abs(whole[1]) > 1e-6)
        self.page.texts.append(self.said)

    def ground(self, numbers):
        x, y, wide, high = numbers
        (left, top), (right, low) = at(self.matrix, x, y), at(self.matrix, x + wide, y + high)
        up = self.page.height
        self.page.grounds.append((min(left, right), up - max(top, low), abs(right - left), abs(top - low), self.ink))


def read(content):
    """The pages of a PDF."""
    return File(content).pages()
