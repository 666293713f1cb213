"""The questions: one Cypher file and one typed row class each."""

from __future__ import annotations

from assetgraph.queries.answer import Answer, Fact, facts_of
from assetgraph.queries.ask import ask, cypher
from assetgraph.queries.catalogue import QUESTIONS, question
from assetgraph.queries.question import ColumnOf, Param, Question
from assetgraph.queries.rows import Rows

__all__ = ["QUESTIONS", "Answer", "ColumnOf", "Fact", "Param", "Question", "Rows", "ask", "cypher", "facts_of", "question"]
