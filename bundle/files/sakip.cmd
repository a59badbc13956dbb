@echo off
setlocal
if not exist "%~dp0python\python.exe" goto kosong
"%~dp0python\python.exe" -I "%~dp0mulai.py" %*
exit /b %errorlevel%
:kosong
echo Map python belum berisi Python. Petugas TI: baca BACA-DULU.txt di map ini.
exit /b 9
