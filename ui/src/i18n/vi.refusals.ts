import type { Sentences } from './sentence';

/** Why the hub, or this machine's memory, does not take what was written (`Problem.code`). */
export const refusals = {
  conflict: {
    title: 'Mục này có hai bản',
    next: 'Không bản nào bị mất; bạn chọn nhé.',
  },
  not_found: {
    title: 'Không còn mục này',
    next: 'Có thể đã bị xoá; tìm lại trong danh sách.',
  },
  already_there: { title: 'Mục này đã có rồi', next: 'Mở mục đang có, không cần tạo lại.' },
  refers_to_nothing: {
    title: 'Mục được nhắc đến không còn',
    next: 'Chọn lại khách hàng, danh mục hoặc người phụ trách.',
  },
  field_missing: { title: 'Còn thiếu một ô bắt buộc', next: 'Điền các ô có dấu (*) rồi lưu lại.' },
  field_malformed: {
    title: 'Có ô viết chưa đúng',
    next: 'Xem lại số điện thoại, email hoặc ngày giờ.',
  },
  field_too_long: { title: 'Có ô dài quá', next: 'Bớt chữ rồi lưu lại; chữ vẫn ở trong ô.' },
  field_taken: { title: 'Tên này đã có người dùng', next: 'Chọn tên khác rồi lưu lại.' },
  field_fixed: { title: 'Ô này không đổi được nữa', next: 'Tạo một mục mới nếu cần giá trị khác.' },
  too_many: {
    title: 'Nhiều quá một lần',
    next: 'Bớt số dòng, số điện thoại hoặc email rồi lưu lại.',
  },
  category_too_deep: {
    title: 'Danh mục chỉ có ba cấp',
    next: 'Đặt mục này dưới một danh mục cao hơn.',
  },
  last_one: {
    title: 'Đây là mục cuối cùng',
    next: 'Thêm một mục khác trước khi ngừng dùng mục này.',
  },
  last_admin: {
    title: 'Đây là quản trị viên cuối cùng',
    next: 'Giao quyền quản trị cho người khác trước.',
  },
  subject_takes_no_notes: {
    title: 'Mục này không nhận ghi chú',
    next: 'Viết vào khách hàng, phiếu, nhiệm vụ hoặc đơn hàng.',
  },
  command_id_used: {
    title: 'Mục này đã được gửi trước đó',
    next: 'Xem lại danh sách; nếu chưa có thì viết lại.',
  },
  ticket_not_next: {
    title: 'Phiếu chưa chuyển được như vậy',
    next: 'Chọn một trạng thái đang có trên thanh.',
  },
  ticket_lead_only: {
    title: 'Chỉ trưởng nhóm làm được bước này',
    next: 'Nhờ trưởng nhóm chuyển trạng thái phiếu.',
  },
  ticket_no_assignee: {
    title: 'Phiếu chưa có người phụ trách',
    next: 'Phân công một người rồi chuyển trạng thái.',
  },
  ticket_no_resolution: {
    title: 'Phiếu chưa có cách giải quyết',
    next: 'Chọn loại và viết nội dung giải quyết.',
  },
  ticket_blank_resolution: {
    title: 'Nội dung giải quyết còn trống',
    next: 'Viết ngắn gọn đã giải quyết thế nào.',
  },
  order_negative: { title: 'Đơn hàng có số âm', next: 'Xem lại số lượng, giá và phí giao hàng.' },
  order_too_large: { title: 'Số tiền lớn quá', next: 'Xem lại số lượng và đơn giá.' },
  order_discount_too_large: {
    title: 'Giảm giá nhiều hơn tiền hàng',
    next: 'Giảm bớt phần giảm giá rồi lưu lại.',
  },
  order_no_currency: { title: 'Chưa có loại tiền này', next: 'Dùng mã ba chữ, ví dụ VND.' },
  not_allowed: { title: 'Bạn chưa có quyền làm việc này', next: 'Hỏi trưởng nhóm hoặc quản trị.' },
  hub_unavailable: {
    title: 'Máy chủ của nhóm chưa trả lời',
    next: 'Mọi thứ đã nằm trên máy này và tự gửi khi có lại.',
  },
  hub_disk_full: {
    title: 'Máy chủ của nhóm hết chỗ',
    next: 'Báo quản trị; bản trên máy này vẫn còn.',
  },
  hub_bug: {
    title: 'Máy chủ gặp điều chưa lường trước',
    next: 'Thử lại; nếu vẫn vậy, gửi mã cho quản trị.',
  },
  hub_does_not_understand: {
    title: 'Máy chủ chưa hiểu mục này',
    next: 'Máy chủ có thể cũ hơn Alobar; nhờ quản trị cập nhật.',
  },
  malformed_request: {
    title: 'Yêu cầu này không đọc được',
    next: 'Cập nhật Alobar rồi thử lại.',
  },
  method_not_allowed: {
    title: 'Máy chủ không có việc này',
    next: 'Nhờ quản trị xem phiên bản của máy chủ.',
  },
  body_too_large: { title: 'Nội dung gửi đi lớn quá', next: 'Chia thành nhiều mục nhỏ hơn.' },
  too_many_requests: {
    title: 'Máy chủ đang nhận nhiều quá',
    next: 'Đợi một phút rồi thử lại.',
  },
  origin_refused: {
    title: 'Trang này không được phép gửi',
    next: 'Mở Alobar từ địa chỉ quản trị đã cho.',
  },
  client_too_old: {
    title: 'Alobar này cũ hơn máy chủ',
    next: 'Cập nhật Alobar rồi đăng nhập lại.',
  },
  client_too_new: {
    title: 'Alobar này mới hơn máy chủ',
    next: 'Nhờ quản trị cập nhật máy chủ của nhóm.',
  },
  not_signed_in: { title: 'Bạn chưa đăng nhập máy chủ', next: 'Đăng nhập rồi làm lại.' },
  session_expired: { title: 'Đã hết hạn đăng nhập', next: 'Đăng nhập lại; chữ đã viết vẫn còn.' },
  session_revoked: {
    title: 'Quản trị đã đăng xuất bạn',
    next: 'Đăng nhập lại, hoặc hỏi quản trị.',
  },
  signed_out: { title: 'Bạn đã đăng xuất', next: 'Đăng nhập lại để làm tiếp.' },
  signed_in_elsewhere: {
    title: 'Bạn đã đăng nhập ở máy khác',
    next: 'Mỗi người một máy; đăng nhập lại ở đây nếu cần.',
  },
  password_changed: { title: 'Mật khẩu đã đổi', next: 'Đăng nhập lại bằng mật khẩu mới.' },
  role_changed: { title: 'Quyền của bạn đã đổi', next: 'Đăng nhập lại để nhận quyền mới.' },
  account_inactive: { title: 'Tài khoản này đã ngừng dùng', next: 'Hỏi quản trị của nhóm.' },
  account_locked: {
    title: 'Tài khoản đang tạm khoá',
    next: 'Đợi vài phút rồi đăng nhập lại, hoặc hỏi quản trị.',
  },
  no_password: {
    title: 'Tài khoản này không dùng mật khẩu',
    next: 'Đăng nhập theo cách quản trị đã đặt.',
  },
  password_too_short: { title: 'Mật khẩu ngắn quá', next: 'Dùng thêm chữ, ví dụ một câu dễ nhớ.' },
  password_too_common: { title: 'Mật khẩu này dễ đoán quá', next: 'Chọn mật khẩu ít người dùng.' },

  disk_full: {
    title: 'Máy này hết chỗ trên đĩa',
    next: 'Chữ vẫn ở trong ô; giải phóng đĩa rồi gõ tiếp để lưu.',
  },
  not_kept: {
    title: 'Chưa lưu được trên máy này',
    next: 'Chữ vẫn ở trong ô; chép ra chỗ khác rồi thử lại.',
  },
  memory_not_opened: {
    title: 'Chưa mở được sổ ghi chép',
    next: 'Gọi và nghe vẫn được; thoát Alobar, mở lại rồi thử.',
  },
  memory_newer: {
    title: 'Sổ ghi chép thuộc bản mới hơn',
    next: 'Gọi và nghe vẫn được; cập nhật Alobar để ghi tiếp.',
  },
  memory_set_aside: {
    title: 'Sổ ghi chép cũ bị hỏng',
    next: 'Alobar đã cất nguyên bản và mở sổ mới; nhờ IT xem giúp.',
  },
} satisfies Sentences;
