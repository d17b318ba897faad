"""People's names in many scripts, chosen for what is hard about each:
reordered vowels, signs in two parts, conjuncts, marks."""

LEFT_TO_RIGHT = {
    "Latin": "Đặng Łukasz Żółć Şükrü",
    "Greek": "Ελένη Παπαδοπούλου",
    "Cyrillic": "Юлія Їжакевич",
    "Armenian": "Անահիտ Սարգսյան",
    "Georgian": "ნინო ბერიძე",
    "Devanagari": "श्रीकृष्ण त्रिवेदी क्षितिज",
    "Bengali": "কৌশিক শ্রীবাস্তব",
    "Tamil": "மொழி கௌரி ஸ்ரீதேவி சொக்கலிங்கம்",
    "Malayalam": "ശ്രീകൃഷ്ണൻ കൊച്ചി",
    "Sinhala": "ශ්‍රී කෞෂල්‍යා",
    "Thai": "สมชาย กำธรน้ำผึ้ง",
    "Lao": "ຄຳພູ ນ້ຳ",
    "Khmer": "ស្រីមុំ ព្រះច័ន្ទ",
    "Tibetan": "བསྟན་འཛིན་རྒྱ་མཚོ",
    "Ethiopic": "አበበ ቢቂላ",
    "Han": "山田 太郎",
    "Kana": "さくら ヴァージニア",
    "Hangul": "김민준",
}
RIGHT_TO_LEFT = {
    "Arabic": "فاطمة الزهراء بن علي",
    "Arabic with marks and ligatures": "علاء الدين مُحَمَّد",
    "Persian": "علی‌رضا می‌خواهد",
    "Hebrew": "משה כהן",
}
NAMES = {**LEFT_TO_RIGHT, **RIGHT_TO_LEFT}
