"""What of a jury's comments goes to the start-up."""

from django.db import models


class CommentReview(models.Model):
    """An organiser's word on one comment: released to the start-up, or held back. `text` is what was read then: a
    comment that changes afterwards is neither until somebody reads it again."""

    scorecard = models.OneToOneField("judging.Scorecard", models.PROTECT, related_name="review")
    text = models.TextField()
    is_released = models.BooleanField()
    by = models.ForeignKey("network.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.scorecard}: {'released' if self.is_released else 'held back'}"
