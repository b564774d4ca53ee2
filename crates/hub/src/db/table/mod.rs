//! One file a table: its rows, its statements.

pub(crate) mod call;
pub(crate) mod call_form;
pub(crate) mod call_leg;
pub(crate) mod call_type;
pub(crate) mod category;
pub(crate) mod change_log;
pub(crate) mod contact;
pub(crate) mod counter;
pub(crate) mod disposition;
pub(crate) mod follower;
pub(crate) mod hub_user;
pub(crate) mod idempotency;
pub(crate) mod list;
pub(crate) mod note;
pub(crate) mod order_line;
pub(crate) mod order_stage;
pub(crate) mod product;
pub(crate) mod resolution_type;
pub(crate) mod sales_order;
pub(crate) mod search_doc;
pub(crate) mod session;
pub(crate) mod setting;
pub(crate) mod task;
pub(crate) mod team;
pub(crate) mod template;
pub(crate) mod ticket;
