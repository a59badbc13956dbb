"""What the words of this program mean, for whoever meets one: the guide's list and the help of every screen."""

from __future__ import annotations

TERMS: tuple[tuple[str, str], ...] = (
    ("Antre", "waktu kerja dari *Siap* sampai mulai dikerjakan"),
    ("Asumsi", "anggapan karena dokumen SOP diam; berlaku sampai kantor menetapkannya"),
    ("Basi", "masukan semester yang triwulannya dibuka kembali"),
    ("Belum dimulai", "sudah siap, tetapi tidak dimulai sampai tutup kantor hari kerja berikutnya; belum terlambat"),
    ("Berkas", "satu SOP yang berjalan untuk satu periode; bukan dokumen komputer"),
    ("Catat susulan", "dicatat kemudian dengan waktu sebenarnya"),
    ("Disetujui pada pengajuan pertama", "keputusan yang langsung dijawab Ya pada putaran pertama"),
    ("Jam diragukan", "jam komputer menunjukkan waktu sebelum kejadian sebelumnya"),
    ("Kelengkapan", "yang harus ada sebelum langkah dikerjakan"),
    ("Lajur", "baris seorang pelaksana di papan"),
    ("Median", "nilai tengah: separuh putaran lalu lebih cepat, separuh lebih lama"),
    ("Mutu baku", "kelengkapan, waktu, dan output yang ditetapkan SOP untuk sebuah langkah"),
    ("OPD", "organisasi perangkat daerah"),
    ("Pemegang", "orang yang sedang mengerjakan kartu"),
    ("Pemutus", "lajur yang menjawab Ya atau Tidak"),
    ("Penghimpunan", "langkah yang menunggu semua bidang"),
    ("Periode", "triwulan, semester, atau tahun yang dilaporkan"),
    (
        "Perkiraan",
        "kapan periode selesai bila sisanya menurut mutu baku, atau median putaran lalu; hari libur: belum pasti",
    ),
    ("Plt., Plh.", "pelaksana tugas, pelaksana harian: memegang lajur untuk sementara"),
    ("Putaran", "langkah yang diulang: putaran 1, putaran 2, dan seterusnya"),
    ("Sidik", "deretan huruf dan angka yang berubah bila isinya berubah; dipakai membuktikan keutuhan"),
    ("Tenggat", "saat mutu baku sebuah langkah habis"),
    ("Tepat waktu", "selesai tidak melewati tenggat; yang dilewati dan yang tidak dinilai tidak ikut dihitung"),
    (
        "Tertulis, tersirat, ditetapkan",
        "dasar sebuah isian SOP: tertulis di dokumen, tersirat dari kalimatnya, ditetapkan kantor",
    ),
    ("Waktu kerja", "jam kerja kantor yang terpakai mengerjakan, tanpa jeda"),
    ("Waktu kerja yang berlaku", "waktu kerja pada putaran yang berlaku; yang diulang tidak termasuk"),
    ("Waktu kerja yang diulang", "waktu kerja pada putaran yang tidak berlaku lagi, misalnya karena dikembalikan"),
    ("Waktu putusan", "waktu kerja dari *Ajukan* sampai dijawab Ya atau Tidak"),
)
"""(word, what it means), by the alphabet; a word of the program itself stands between two stars."""
