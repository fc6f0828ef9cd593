"""Answering: what is asked, and the evidence found for it → an answer in the documents' own words, or a refusal."""
