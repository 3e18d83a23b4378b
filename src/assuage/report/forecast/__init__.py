"""The forecast of tomorrow and next week: in sentences, as JSON, as a page with its picture."""
