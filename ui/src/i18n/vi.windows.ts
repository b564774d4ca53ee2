/** The ring window, the call window, and the questions that only the person can answer. */
export const ring = {
  title: 'Alobar, cuộc gọi đến',
  /** Read out once for each call. */
  announce: (caller: string) => `Cuộc gọi đến: ${caller}`,
  more: (count: number) => `Còn ${count} cuộc nữa đang gọi`,
  kept: 'Cuộc này nằm trong lịch sử gọi.',
};

export const popup = {
  title: 'Alobar, cuộc gọi',
  tabs: 'Các cuộc gọi đang mở',
  more: (count: number) => `Thêm ${count} cuộc`,
  nth: (count: number) => `Gọi lần ${count} hôm nay`,
  noNumber: 'Khách không hiện số',
  copyNumber: 'Chép số',
  copy: 'Chép',
  copied: 'Đã chép',
  failed: 'Máy chưa cho chép; bôi đen rồi bấm Ctrl+C',
  talked: (duration: string) => `Gọi ${duration}`,
  today: 'Hôm nay',
  missed: 'Cuộc nhỡ',
  hasNote: 'có ghi chú',
  close: 'Lưu và đóng',
  empty: 'Chưa có cuộc gọi nào đang mở.',
  customer: {
    none: 'Khách hàng chưa có',
    reading: 'Đang tìm khách hàng…',
    several: (count: number) => `${count} khách cùng số này`,
    maybe: 'Có thể là',
    pick: 'Chọn',
    choose: (name: string) => `Chọn ${name}`,
    open: 'Mở hồ sơ khách hàng',
    create: 'Tạo khách hàng',
    creating: 'Đang tạo…',
    cancel: 'Thôi',
    name: 'Tên khách hàng',
    kind: 'Loại khách hàng',
    number: 'Số điện thoại',
    nameMissing: 'Nhập tên khách, chưa rõ thì ghi cách bạn gọi họ.',
    numberWrong: 'Số này không gọi được; chỉ dùng chữ số và dấu + ở đầu.',
  },
  history: {
    tabs: 'Lịch sử với khách',
    names: { calls: 'Cuộc gọi', tickets: 'Phiếu', orders: 'Đơn hàng', tasks: 'Nhiệm vụ' },
    empty: {
      calls: 'Chưa có cuộc nào khác với khách này.',
      tickets: 'Khách này chưa có phiếu.',
      orders: 'Khách này chưa có đơn hàng.',
      tasks: 'Khách này không còn nhiệm vụ nào chờ.',
    },
    hidden: 'Số ẩn nên không biết các cuộc trước.',
    due: (when: string) => `hạn ${when}`,
  },
  form: {
    type: 'Loại cuộc gọi',
    noType: 'Chưa chọn',
    note: 'Nội dung trao đổi',
    noteHint: 'Khách cần gì, bạn đã hứa gì',
    coming: 'Đang lấy lại những gì bạn đã viết…',
    result: 'Kết quả',
    required: 'cần chọn',
    keys: 'Alt + số',
    missing: 'Chọn một kết quả rồi đóng nhé. Ghi chú đã lưu.',
    hint: 'Chữ bạn gõ được lưu ngay.',
    kept: (time: string) => `Đã lưu trên máy ${time}`,
    synced: 'Đã đồng bộ',
    waits: 'Chờ đồng bộ',
    away: 'Máy chủ chưa trả lời',
    refused: 'Cần bạn xem',
  },
  make: { ticket: 'Tạo phiếu', order: 'Đơn hàng', task: 'Nhiệm vụ' },
};

export const desk = {
  quit: {
    title: 'Thoát khi đang gọi?',
    explain: (calls: number) =>
      calls === 1
        ? 'Bạn đang có cuộc gọi. Thoát thì cuộc gọi kết thúc; ghi chú đã lưu.'
        : `Bạn đang có ${calls} cuộc gọi. Thoát thì các cuộc kết thúc; ghi chú đã lưu.`,
    yes: 'Kết thúc và thoát',
    no: 'Ở lại',
  },
  dial: {
    title: 'Gọi số này?',
    by: {
      link: 'Một liên kết ngoài Alobar muốn gọi. Xem kỹ số rồi hãy đồng ý.',
      selection: 'Số bạn đang chọn hoặc vừa chép.',
    },
    yes: 'Gọi',
    no: 'Không gọi',
  },
};
