//! The rows of the Subscriber Management API in the table of operations.

use crate::operations::{Api, Operation, row};

/// The operations of the Subscriber Management API.
#[rustfmt::skip]
pub const OPERATIONS: &[Operation] = &[
    row(Api::Subscribers, "create_token", "POST", "/subscriber-token", "CreateToken",
        &["subscribers/create_token_response.json", "subscribers/create_token_request.json"]),
    row(Api::Subscribers, "create", "POST", "/subscribers", "CreateSubscribers",
        &["subscribers/create_response.json", "subscribers/create_request.json"]),
    row(Api::Subscribers, "update", "PUT", "/subscribers/{subscriber_name}", "UpdateSubscriber",
        &["subscribers/update_response.json", "subscribers/update_request.json"]),
    row(Api::Subscribers, "get", "GET", "/subscribers/{subscriber_name}", "GetSubscriber",
        &["subscribers/get_response.json"]),
    row(Api::Subscribers, "list", "GET", "/subscribers", "ListSubscribers",
        &["subscribers/list_response.json"]),
    row(Api::Subscribers, "delete", "DELETE", "/subscribers/{subscriber_name}", "DeleteSubscriber",
        &["subscribers/delete_not_found_response.json"]),
];
