import type { Params, Sentences } from './sentence';

/** Why a call ended (`CauseView.code`). */
export const causes = {
  local_hangup: {
    title: 'Bạn đã kết thúc cuộc gọi',
    next: 'Bạn gọi hoặc nhận cuộc tiếp theo được.',
  },
  remote_hangup: { title: 'Bên kia đã gác máy', next: 'Nếu chưa nói xong, bấm Gọi lại.' },
  declined: { title: 'Bạn đã từ chối cuộc gọi', next: 'Có thể gọi lại số này bất cứ lúc nào.' },
  remote_busy: { title: 'Khách đang bận', next: 'Gọi lại sau vài phút nhé.' },
  remote_declined: { title: 'Bên kia từ chối cuộc gọi', next: 'Chọn lúc khác rồi gọi lại.' },
  no_answer: {
    title: 'Bên kia không trả lời',
    next: 'Gọi lại sau, hoặc thử một số khác của khách.',
  },
  unavailable: {
    title: 'Thuê bao chưa liên lạc được',
    next: 'Máy bên kia đang tắt hoặc ngoài vùng; gọi lại sau.',
  },
  canceled_by_caller: {
    title: 'Người gọi đã dừng trước khi bạn nghe',
    next: 'Bấm Gọi lại để liên hệ với khách.',
  },
  answered_elsewhere: {
    title: 'Người khác đã nghe cuộc này',
    next: 'Không tính là cuộc nhỡ của bạn.',
  },
  canceled_locally: {
    title: 'Bạn đã dừng cuộc gọi',
    next: 'Bên kia chưa nghe máy; gọi lại lúc nào cũng được.',
  },
  transferred: {
    title: 'Đã chuyển cuộc gọi',
    next: 'Khách đang ở với người nhận; bạn nhận cuộc mới được.',
  },
  not_found: { title: 'Số này không có', next: 'Xem lại từng chữ số rồi gọi lại.' },
  media_no_microphone: {
    title: 'Không thể truy cập microphone',
    next: 'Cuộc gọi đã dừng vì khách không nghe được bạn. Thử lần lượt:',
    steps: [
      'Xem tai nghe đã cắm chặt chưa',
      'Rút ra, cắm lại',
      'Thử gọi lại',
      'Vẫn chưa được: liên hệ IT hoặc AntBuddy',
    ],
  },
  media_no_speaker: {
    title: 'Không mở được tai nghe',
    next: 'Cắm lại tai nghe, hoặc chọn loa khác trong Cài đặt, rồi gọi lại.',
  },
  media_no_codec: {
    title: 'Hai máy không có kiểu tiếng chung',
    next: 'Nhờ quản trị bật Opus hoặc G.711 cho máy lẻ này.',
  },
  media_bad_description: {
    title: 'Tổng đài mô tả tiếng không đọc được',
    next: 'Gọi lại; nếu vẫn vậy, nhờ quản trị xem cấu hình máy lẻ.',
  },
  media_no_path: {
    title: 'Không tìm được đường cho tiếng',
    next: 'Tường lửa có thể chặn UDP; nhờ IT mở hoặc thử mạng khác.',
  },
  media_dtls: {
    title: 'Không mã hoá được đường tiếng',
    next: 'Cuộc gọi dừng để giữ an toàn; nhờ quản trị xem chứng chỉ DTLS.',
  },
  link_lost: {
    title: 'Cuộc gọi dừng vì mất kết nối',
    next: 'Alobar đang nối lại; nối xong thì gọi lại cho khách.',
  },
  timed_out: {
    title: 'Tổng đài không trả lời cuộc gọi',
    next: 'Thử gọi lại; nếu vẫn vậy, xem lại mạng.',
  },
  sip_failure: ({ status = '—' }: Params) => ({
    title: 'Tổng đài không nối được cuộc này',
    next: `Tổng đài trả lời mã ${status}. Thử lại, hoặc gửi mã này cho quản trị.`,
  }),
} satisfies Sentences;

/** Refusals and failures (`ErrorView.code`). */
export const failures = {
  wrong_password: {
    title: 'Sai máy lẻ hoặc mật khẩu',
    next: 'Nhập lại mật khẩu; còn sai thì hỏi quản trị.',
  },
  unknown_user: {
    title: 'Tổng đài không có máy lẻ này',
    next: 'Xem lại tên đăng nhập từng ký tự.',
  },
  unknown_host: {
    title: 'Không tìm thấy máy chủ',
    next: 'Xem lại địa chỉ máy chủ và kết nối mạng.',
  },
  certificate_expired: {
    title: 'Chứng chỉ của máy chủ hết hạn',
    next: 'Xem ngày giờ của máy này; nếu đúng, nhờ quản trị gia hạn chứng chỉ.',
  },
  certificate_wrong_name: {
    title: 'Chứng chỉ mang tên máy chủ khác',
    next: 'Dùng đúng tên máy chủ ghi trong chứng chỉ, hoặc hỏi quản trị.',
  },
  certificate_unknown_ca: {
    title: 'Chưa tin được chứng chỉ máy chủ',
    next: 'Nhờ quản trị cho tệp CA của công ty, hoặc dùng chứng chỉ công khai.',
  },
  tls_failed: {
    title: 'Không mở được kết nối an toàn',
    next: 'Xem lại cổng; phần mềm diệt virus cũng có thể đang chặn Alobar.',
  },
  port_refused: {
    title: 'Máy chủ không nhận kết nối',
    next: 'Xem lại số cổng, ví dụ 8089 cho wss.',
  },
  timed_out: {
    title: 'Máy chủ chưa trả lời',
    next: 'Xem lại mạng và VPN; tường lửa có thể đang chặn.',
  },
  network_unreachable: { title: 'Máy này chưa có mạng', next: 'Cắm lại dây mạng hoặc nối Wi-Fi.' },
  proxy_refused: {
    title: 'Proxy không cho đi qua',
    next: 'Nhờ IT cho phép máy chủ này trên proxy.',
  },
  not_sip: {
    title: 'Địa chỉ này không phải tổng đài',
    next: 'Xem lại đường dẫn, thường kết thúc bằng /ws.',
  },
  link_lost: {
    title: 'Mất kết nối tổng đài',
    next: 'Alobar đang nối lại; bạn tạm thời không nhận được cuộc gọi.',
  },
  weak_digest: {
    title: 'Cách đăng nhập này không đủ an toàn',
    next: 'Dùng wss:// hoặc sips:, hoặc nhờ quản trị bật SHA-256.',
  },
  refused: ({ status = '—' }: Params) => ({
    title: 'Tổng đài từ chối đăng ký',
    next: `Tổng đài trả lời mã ${status}. Gửi mã này cho quản trị.`,
  }),

  empty_fields: {
    title: 'Còn ô chưa điền',
    next: 'Điền máy chủ, máy lẻ và mật khẩu rồi kết nối lại.',
  },
  invalid_server: {
    title: 'Địa chỉ máy chủ chưa đúng',
    next: 'Viết như wss://tongdai.congty.vn:8089/ws hoặc sips:tongdai.congty.vn.',
  },
  mixed_security: {
    title: 'Các máy chủ lẫn hai mức an toàn',
    next: 'Chỉ dùng máy chủ có mã hoá, hoặc chỉ máy chủ không mã hoá.',
  },
  plain_transport_not_allowed: {
    title: 'Kết nối này không được mã hoá',
    next: 'Dùng wss:// hoặc sips:. Chỉ tệp tài khoản mới cho phép TCP, UDP thường.',
  },
  keyring_missing: {
    title: 'Máy này không có kho khóa',
    next: 'Mật khẩu không được lưu; Alobar hỏi lại mỗi lần mở.',
  },

  settings_not_saved: {
    title: 'Chưa lưu được cài đặt',
    next: 'Lựa chọn vẫn dùng được đến khi thoát; xem đĩa còn chỗ và quyền ghi.',
  },

  shortcut_taken: {
    title: 'Phím này thuộc chương trình khác',
    next: 'Trong cửa sổ Alobar vẫn dùng được; chọn phím khác để dùng ở mọi nơi.',
  },
  shortcut_invalid: {
    title: 'Phím này không dùng được',
    next: 'Chọn tổ hợp khác, ví dụ Ctrl+Alt và một chữ.',
  },
  autostart_failed: {
    title: 'Chưa đặt được việc mở cùng máy',
    next: 'Nhờ IT xem quyền với các chương trình khởi động, rồi bật lại.',
  },
  links_failed: {
    title: 'Chưa nhận được liên kết gọi điện',
    next: 'Nhờ IT xem quyền với ứng dụng mặc định, rồi bật lại.',
  },
  check_no_microphone: {
    title: 'Chưa mở được micro để thử',
    next: 'Xem micro đã cắm chặt và máy đã cho Alobar dùng micro chưa.',
  },
  check_no_speaker: {
    title: 'Chưa mở được loa để thử',
    next: 'Cắm lại, hoặc chọn thiết bị khác rồi thử lại.',
  },
  log_folder: {
    title: 'Chưa mở được thư mục nhật ký',
    next: 'Thử lại; nếu vẫn vậy, nhờ IT mở giúp.',
  },
  nothing_asked: {
    title: 'Câu hỏi này không còn chờ nữa',
    next: 'Đã có người trả lời; làm lại từ đầu nếu bạn cần.',
  },

  practice_not_started: {
    title: 'Chưa mở được phần luyện tập',
    next: 'Thoát Alobar, mở lại rồi thử lần nữa; phần mềm diệt virus có thể đang chặn.',
  },
  not_practising: {
    title: 'Bạn không ở trong luyện tập',
    next: 'Bấm Luyện tập ở màn hình kết nối để bắt đầu.',
  },

  not_registered: { title: 'Chưa kết nối tổng đài', next: 'Đợi kết nối xong rồi gọi lại.' },
  no_such_call: { title: 'Cuộc gọi này không còn nữa', next: 'Nếu cần, gọi lại cho khách.' },
  wrong_phase: { title: 'Lúc này chưa làm được việc đó', next: 'Đợi một chút rồi bấm lại.' },
  another_call_in_progress: {
    title: 'Bạn đang có một cuộc khác',
    next: 'Giữ máy hoặc kết thúc cuộc đó trước.',
  },
  call_id_in_use: { title: 'Cuộc gọi này đã được tạo', next: 'Đợi một chút rồi bấm Gọi lần nữa.' },
  already_held: { title: 'Cuộc này đang giữ máy rồi', next: 'Bấm Nói tiếp để trở lại với khách.' },
  not_held: {
    title: 'Cuộc này không bị giữ máy',
    next: 'Bạn đang nói với khách, không cần làm gì.',
  },
  transfer_in_progress: { title: 'Cuộc này đang được chuyển', next: 'Đợi kết quả chuyển hiện ra.' },
  bad_digits: { title: 'Phím này không gửi được', next: 'Chỉ gửi được 0–9, * và #.' },
  not_dialable: { title: 'Số này không gọi được', next: 'Chỉ dùng chữ số, dấu * # và + ở đầu.' },
  dial_empty: { title: 'Chưa có số để gọi', next: 'Gõ, bấm hoặc dán số vào ô.' },
  dial_too_long: { title: 'Số này dài quá', next: 'Xem lại, có thể đã dán hai số liền nhau.' },
  dial_bad_length: {
    title: 'Số này thiếu hoặc thừa chữ số',
    next: 'Số di động có 10 chữ số; xem lại rồi gọi.',
  },
  dial_not_a_number: {
    title: 'Đây chưa phải số gọi được',
    next: 'Bỏ chữ cái và dấu lạ, giữ chữ số, * # và +.',
  },
  hold_failed: {
    title: 'Chưa giữ máy được',
    next: 'Cuộc gọi vẫn nối, khách vẫn nghe bạn; thử lại sau ít giây.',
  },
  transfer_failed: {
    title: 'Chưa chuyển được cuộc gọi',
    next: 'Khách vẫn ở với bạn; xem lại số nhận.',
  },
  device_lost: {
    title: 'Tai nghe vừa rời máy',
    next: 'Khách chưa nghe được bạn; cắm lại hoặc chọn thiết bị khác.',
  },
  media_no_microphone: {
    title: 'Không thể truy cập microphone',
    next: 'Khách chưa nghe được bạn. Thử lần lượt:',
    steps: [
      'Xem tai nghe đã cắm chặt chưa',
      'Rút ra, cắm lại',
      'Thử gọi lại',
      'Vẫn chưa được: liên hệ IT hoặc AntBuddy',
    ],
  },
  media_no_speaker: {
    title: 'Không mở được loa tai nghe',
    next: 'Cắm lại, hoặc chọn thiết bị khác trong Cài đặt.',
  },
} satisfies Sentences;

/** How the last simulated customer's call ended (`PracticeView.last_outcome`). */
export const outcomes = {
  completed: {
    title: 'Khách đã cảm ơn rồi gác máy',
    next: 'Bạn đã đi trọn một cuộc gọi.',
  },
  nobody_answered: {
    title: 'Khách đã gác máy vì chờ lâu',
    next: 'Cuộc tới, bấm Trả lời khi chuông còn reo.',
  },
  unreachable: {
    title: 'Khách chưa gọi được đến bạn',
    next: 'Bấm Khách gọi đến để thử lại.',
  },
  refused: {
    title: 'Khách không gặp được bạn',
    next: 'Máy bận hoặc bạn đã từ chối; bấm Khách gọi đến để thử lại.',
  },
  agent_hung_up: {
    title: 'Bạn đã gác máy trước khách',
    next: 'Cuộc tới, thử để khách chào rồi hãy gác.',
  },
  agent_silent: {
    title: 'Khách gác máy vì không nghe bạn',
    next: 'Gọi 600 để nghe lại giọng mình, hoặc xem micro trong Cài đặt.',
  },
} satisfies Sentences;
