"""Hydra's grammar of ``key=value``, with unquoted values as the texts they are: what they mean, their key says.

Of Hydra's functions only those are known that list values, ``choice(a,b)`` and ``range(1,4)``: a shuffled list would be
another study each time.
"""

from typing import Any

from antlr4 import CommonTokenStream, InputStream
from hydra._internal.grammar import grammar_functions
from hydra._internal.grammar.functions import Functions
from hydra.core.override_parser.overrides_visitor import HydraErrorListener, HydraOverrideVisitor
from hydra.core.override_parser.types import Override, QuotedString, RangeSweep
from hydra.grammar.gen.OverrideLexer import OverrideLexer
from hydra.grammar.gen.OverrideParser import OverrideParser

from sim.config.written import Plain, core, is_number


class _AsWritten(HydraOverrideVisitor):
    def _createPrimitive(self, ctx: Any) -> Any:  # noqa: N802  its name in Hydra
        found = super()._createPrimitive(ctx)
        if isinstance(found, QuotedString):
            return found
        return Plain(found if isinstance(found, str) else ctx.getText().strip())


def override(text: str) -> Override:
    """One ``key=value``. Raises exceptions of Hydra's and of its parser's own."""
    listener = HydraErrorListener()
    lexer = OverrideLexer(InputStream(text))
    parser = OverrideParser(CommonTokenStream(lexer))
    for part in (lexer, parser):
        part.removeErrorListeners()
        part.addErrorListener(listener)
    found = _AsWritten(FUNCTIONS).visit(parser.override())
    found.input_line = text
    found.validate()
    assert isinstance(found, Override)
    return found


def _range(start: Any, stop: Any = "", step: Any = "1") -> RangeSweep:  # Any itself, not its name: Hydra looks at it
    """Hydra's range of whole numbers or of decimals, from texts."""
    numbers = [core(text) for text in (start, stop, step) if text]
    if not all(map(is_number, numbers)):
        raise ValueError("a range has numbers")
    first, *last, by = numbers
    return grammar_functions.range(first, last[0] if last else None, by)


FUNCTIONS = Functions()
FUNCTIONS.register("choice", grammar_functions.choice)
FUNCTIONS.register("range", _range)
