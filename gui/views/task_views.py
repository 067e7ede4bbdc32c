"""The views that tasks have of their own, by the name that lessons give (task_view): one line each."""

from gui.views import Factory, late

TASK_VIEWS: dict[str, Factory] = {
    "binary_addition": late("gui.views.binary_addition", "BinaryAdditionView"),
    "text": late("gui.views.text", "TextView"),
    "masked_words": late("gui.views.masked_words", "MaskedWordsView"),
    "parsed_sentences": late("gui.views.parsed_sentences", "ParsedSentencesView"),
    "curves": late("gui.views.task_over_time", "curves"),
    "tokens": late("gui.views.task_over_time", "tokens"),
    "reconstructions": late("gui.views.reconstructions", "ReconstructionsView"),
    "decoding": late("gui.views.decoding", "DecodingView"),
    "dialogues": late("gui.views.dialogues", "DialoguesView"),
    "images": late("gui.views.images", "ImagesView"),
}
