"""The figures of the suite over the decision. The aims are those of the project for the test split."""

from __future__ import annotations

from eval.figures import LATENCY, Spec

SPECS = (
    Spec("fully_right", "Fully right", "Accepted status, every fact, every gold clause cited, no wrong clause; or an "
         "accepted refusal that cites nothing.", aim=0.92, headline=True),
    Spec("in_scope_answered", "In-scope answered", "Of the questions that the document answers, those answered in full "
         "or in part.", aim=0.95, headline=True),
    Spec("refusal_precision", "Refusal precision", "Of the refusals, those that were due.", aim=0.95, headline=True),
    Spec("refusal_recall", "Refusal recall", "Of the questions that must be refused, those refused.", aim=0.95,
         headline=True),
    Spec("citation_precision", "Citation precision", "Of the clauses cited, in all answers, those that are gold or "
         "acceptable. Any clause cited where a refusal was due is wrong.", aim=0.97, headline=True),
    Spec("citation_recall", "Citation recall", "Of the gold clauses owed, those cited; an unwarranted refusal cites "
         "none.", aim=0.95, headline=True),
    Spec("pairs_right", "Pairs fully right", "Of the pairs of questions that look alike and are answered differently, "
         "those of which both come out fully right.", "together", source="pair", headline=True),
    Spec("premises_corrected", "False premises put right", "Of the answers to false premises, those that say so."),
    Spec("premises_kept", "True premises kept", "Of the answers to questions without a false premise (where that is "
         "laid down), those that put nothing right."),
    Spec("fact_recall", "Fact recall", "Of the key facts owed, those that stand in the answer or its quotes."),
    Spec("quotes_verbatim", "Quotes verbatim", "Of the quotes, cited or related, those that are the document's text at "
         "their offsets.", aim=1.0, headline=True),
    Spec("quotes_in_clause", "Quotes in their clause", "Of the quotes, those that lie in the clause they name.",
         aim=1.0),
    Spec("markers_sound", "Markers sound", "Of the answers that cite, those whose markers and citations match one to "
         "one.", aim=1.0),
    Spec("fully_right_follow_up", "Follow-ups fully right", "Fully right, of the questions that need the conversation "
         "before them.", aim=0.90, headline=True),
    Spec("fully_right_english", "English fully right", "Fully right, of the English questions.", aim=0.90,
         headline=True),
    Spec("length", "Answer length, median", "Characters of an answer that is not a refusal, without markers.", "median",
         "characters", False, aim=160.0, headline=True),
    Spec("hit@1", "Retrieval hit@1", "A gold clause is first (search alone; single questions with gold clauses)."),
    Spec("recall@5", "Retrieval recall@5", "Share of the gold clauses among the first 5 clauses."),
    Spec("recall@10", "Retrieval recall@10", "Share of the gold clauses among the first 10 clauses."),
    Spec("mrr@10", "Retrieval MRR@10", "Mean of 1 / rank of the first gold clause.", unit="score"),
    Spec("ndcg@10", "Retrieval nDCG@10", "Normalised discounted cumulative gain of the first 10 clauses.",
         unit="score"),
    Spec("auroc", "Answerability AUROC", "Probability that an answerable question gets more confidence than one that "
         "is not.", "auroc", "score"),
    Spec("brier", "Brier score", "Mean squared distance of confidence from what was so.", "brier", "score", False),
    Spec("ece", "Calibration error", "Mean distance of the reliability curve from the diagonal.", "ece", "score",
         False),
    Spec("overlap", "Borrowed phrasing", "Median of the longest run that a Chinese question shares with the "
         "document, as a share of the question. Says how hard the set is, not how good an answer is.", "median",
         "share", False),
    Spec("overlap_half", "Borrow half or more", "Chinese questions that share half of their length or more with "
         "the document in one run.", higher_is_better=False),
    *LATENCY,
)  # fmt: skip
