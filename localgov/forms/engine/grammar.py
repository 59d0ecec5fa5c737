"""The grammar of XLSForm's expressions: text to tree, with faults named in Thai and by character.

XPath's precedence: or, and, equality, comparison, sum, product, minus. `not(...)` is a function, as in XPath.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedInput, UnexpectedToken, v_args

from localgov.forms.engine.problems import ExpressionError
from localgov.forms.engine.tree import Binary, Call, Dot, LastSaved, Negate, Node, Number, Ref, Text, depth

MAX_LENGTH = 4_000
MAX_DEPTH = 80

_GRAMMAR = r"""
?start: disjunction
?disjunction: conjunction | disjunction OR conjunction -> binary
?conjunction: equality | conjunction AND equality -> binary
?equality: comparison | equality EQUALITY comparison -> binary
?comparison: sum | comparison COMPARISON sum -> binary
?sum: product | sum (PLUS | MINUS) product -> binary
?product: negation | product (TIMES | DIV | MOD) negation -> binary
?negation: atom | MINUS negation -> negate
?atom: NUMBER -> number
     | STRING -> string
     | REFERENCE -> reference
     | NAME "(" [disjunction ("," disjunction)*] ")" -> call
     | NAME -> bare
     | DOT -> dot
     | "(" disjunction ")"

OR.3: /or(?![A-Za-z0-9_(-])/
AND.3: /and(?![A-Za-z0-9_(-])/
DIV.3: /div(?![A-Za-z0-9_(-])/
MOD.3: /mod(?![A-Za-z0-9_(-])/
EQUALITY: "!=" | "="
COMPARISON: "<=" | ">=" | "<" | ">"
PLUS: "+"
MINUS: "-"
TIMES: "*"
REFERENCE: /\$\{[^{}]*\}/
STRING: /'[^']*'|"[^"]*"/
NUMBER.2: /[0-9]+(\.[0-9]+)?|\.[0-9]+/
DOT: "."
NAME: /[A-Za-z_][A-Za-z0-9_]*(-[A-Za-z][A-Za-z0-9_]*)*/
%import common.WS
%ignore WS
"""

_HINTS = {
    "‘": "ใช้เครื่องหมายคำพูดตรง (') ไม่ใช่ ‘ ’",
    "’": "ใช้เครื่องหมายคำพูดตรง (') ไม่ใช่ ‘ ’",
    "“": 'ใช้เครื่องหมายคำพูดตรง (") ไม่ใช่ “ ”',
    "”": 'ใช้เครื่องหมายคำพูดตรง (") ไม่ใช่ “ ”',
    "'": "เปิดเครื่องหมายคำพูด ' แล้วไม่ได้ปิด",
    '"': 'เปิดเครื่องหมายคำพูด " แล้วไม่ได้ปิด',
    "$": "อ้างคำถามด้วย ${รหัสคำถาม}",
    "{": "อ้างคำถามด้วย ${รหัสคำถาม}",
    "}": "อ้างคำถามด้วย ${รหัสคำถาม}",
    "/": "การหารใช้คำว่า div",
    "%": "เศษของการหารใช้คำว่า mod",
    "&": "ใช้คำว่า and",
    "|": "ใช้คำว่า or",
    "≤": "ใช้ <=",
    "≥": "ใช้ >=",
    "≠": "ใช้ !=",
    "!": "ใช้ != หรือ not(...)",
}


@v_args(inline=True)
class _TreeMaker(Transformer[Token, Node]):
    """Turns the parser's rules into nodes; one method a rule."""

    def number(self, token: Token) -> Node:
        return Number(Decimal(str(token)), at=_at(token))

    def string(self, token: Token) -> Node:
        return Text(str(token)[1:-1], at=_at(token))

    def dot(self, token: Token) -> Node:
        return Dot(at=_at(token))

    def bare(self, token: Token) -> Node:
        return Ref(str(token), bare=True, at=_at(token))

    def reference(self, token: Token) -> Node:
        code = str(token)[2:-1].strip()
        if not code:
            raise ExpressionError("${} ต้องมีรหัสคำถามอยู่ข้างใน", _at(token))
        if code.startswith("last-saved#"):
            return LastSaved(code.removeprefix("last-saved#").strip(), at=_at(token))
        return Ref(code, at=_at(token))

    def call(self, name: Token, *arguments: Any) -> Node:
        return Call(str(name), tuple(argument for argument in arguments if argument is not None), at=_at(name))

    def binary(self, left: Node, operator: Token, right: Node) -> Node:
        return Binary(str(operator), left, right, at=_at(operator))

    def negate(self, minus: Token, operand: Node) -> Node:
        return Negate(operand, at=_at(minus))


def _at(token: Token) -> int:
    return (token.start_pos or 0) + 1


@lru_cache(maxsize=1)
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", transformer=_TreeMaker(), maybe_placeholders=True)


def parse(text: str) -> Node:
    """The tree of an expression. Raises ExpressionError with a Thai sentence and the character."""
    if not text.strip():
        raise ExpressionError("นิพจน์ว่างเปล่า")
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"นิพจน์ยาวเกิน {MAX_LENGTH:,} อักขระ")
    try:
        tree: Node = _parser().parse(text)  # type: ignore[assignment]
    except UnexpectedInput as refusal:
        raise _explained(text, refusal) from None
    if depth(tree) > MAX_DEPTH:
        raise ExpressionError(f"นิพจน์ซ้อนกันลึกเกิน {MAX_DEPTH} ชั้น: แยกเป็นหลายข้อ")
    return tree


def _explained(text: str, refusal: UnexpectedInput) -> ExpressionError:
    """The parser's refusal as a Thai sentence."""
    if isinstance(refusal, UnexpectedCharacters):
        position = int(refusal.pos_in_stream or 0)
        character = text[position]
        return ExpressionError(_HINTS.get(character, f"ไม่รู้จักอักขระ “{character}” ในนิพจน์"), position + 1)
    if isinstance(refusal, UnexpectedToken) and refusal.token.type != "$END":
        return ExpressionError(f"ไม่คาดว่าจะพบ “{refusal.token}” ตรงนี้", _at(refusal.token))
    return ExpressionError("นิพจน์ยังไม่จบ: ขาดตัวถูกดำเนินการหรือวงเล็บปิด", len(text))
