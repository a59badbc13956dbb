"""Forms of data kinerja as workbooks: out with XlsxWriter, in with openpyxl. Loaded only when a form is.

What a form says and what is wrong with it is judged in `sop/kinerja`; here is what only a workbook knows.
"""
