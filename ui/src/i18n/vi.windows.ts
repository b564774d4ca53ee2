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
  noName: 'Chưa có tên',
  noNumber: 'Khách không hiện số',
  copyNumber: 'Chép số',
  copy: 'Chép',
  copied: 'Đã chép',
  failed: 'Máy chưa cho chép; bôi đen rồi bấm Ctrl+C',
  talked: (duration: string) => `Gọi ${duration}`,
  earlier: 'Cuộc trước với số này',
  today: 'Hôm nay',
  missed: 'Cuộc nhỡ',
  hasNote: 'có ghi chú',
  noEarlier: 'Chưa có cuộc nào khác với số này từ lúc mở Alobar.',
  hiddenEarlier: 'Số ẩn nên không biết các cuộc trước.',
  note: 'Nội dung trao đổi',
  noteHint: 'Khách cần gì, bạn đã hứa gì',
  noteKept: 'Ghi chú ở trong bộ nhớ của Alobar, mất khi thoát; chép ra nếu cần giữ.',
  close: 'Đóng',
  empty: 'Chưa có cuộc gọi nào đang mở.',
};

export const desk = {
  quit: {
    title: 'Thoát khi đang gọi?',
    explain: (calls: number) =>
      calls === 1
        ? 'Bạn đang có cuộc gọi. Thoát thì cuộc gọi kết thúc và ghi chú mất.'
        : `Bạn đang có ${calls} cuộc gọi. Thoát thì các cuộc kết thúc và ghi chú mất.`,
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
