"""Parts that several papers show: the facts of each, and its piece of report and workbook."""
