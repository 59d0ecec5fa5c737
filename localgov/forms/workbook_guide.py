"""What each column of a form's workbook means: the sheet that officers read first (nothing reads it back)."""

GUIDE: tuple[tuple[str, str, str], ...] = (
    (
        "survey",
        "type",
        "ชนิด: integer decimal text date geopoint file calculate หรือ select_one ตามด้วยชื่อรายการตัวเลือก "
        "begin/end group = ด้านและหมวด begin/end repeat = ทะเบียน",
    ),
    ("survey", "name", "รหัสถาวร a-z 0-9 _ เปลี่ยนความหมายหรือนำกลับมาใช้ใหม่ไม่ได้"),
    ("survey", "label, hint", "ข้อความคำถาม และคำอธิบาย (ความหมาย ที่มาของตัวเลข วันที่นับ)"),
    ("survey", "required", "yes หรือนิพจน์ ถ้าต้องตอบ"),
    ("survey", "relevant", "นิพจน์: ถามเมื่อเป็นจริง เช่น ${website_has} = 'yes'"),
    ("survey", "constraint, constraint_message", "นิพจน์ที่คำตอบ (.) ต้องเป็นจริง และข้อความเมื่อไม่จริง"),
    ("survey", "calculation", "นิพจน์ของคำถามที่ระบบคำนวณให้ (type เป็น calculate)"),
    (
        "survey",
        "unit, kind, decimals",
        "หน่วย; kind: money year_be phone email url boolean tambon; จำนวนตำแหน่งทศนิยม",
    ),
    (
        "survey",
        "applies_to",
        "ประเภท อปท. ที่ตอบ เว้นวรรคคั่น: PAO CITY TOWN SUBDISTRICT SAO SPECIAL ว่าง = ทุกประเภท",
    ),
    (
        "survey",
        "last_year, pii, open_data, linked, sensitive",
        "no = ไม่เทียบปีก่อน; personal = ข้อมูลส่วนบุคคล; yes/no = ข้อมูลเปิด; ชื่อระบบต้นทาง; yes = ปิดจำนวนน้อย",
    ),
    ("choices", "list_name, name, label", "รายการตัวเลือก: ชื่อรายการ รหัสตัวเลือกถาวร ข้อความ"),
    ("rules", "code, question", "รหัสกฎถาวร และคำถามที่จะแสดงข้อความ"),
    ("rules", "when, expression", "นิพจน์เงื่อนไข (ว่าง = เสมอ) และนิพจน์ที่ต้องเป็นจริง"),
    ("rules", "severity, message", "error = ต้องแก้ก่อนส่ง, warning = ควรดู; ข้อความใส่ ${รหัส} เพื่อพิมพ์ค่าได้"),
    ("settings", "form_title, form_id, version", "ชื่อแบบ รหัสแบบ (ห้ามเปลี่ยน) และเลขรุ่น (ต้องเปลี่ยนทุกครั้งที่แก้ไข)"),
    ("settings", "fiscal_year_from, fiscal_year_to", "ปีงบประมาณ พ.ศ. แรกและสุดท้ายที่ใช้รุ่นนี้"),
)
