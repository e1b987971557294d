//! The customer.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use exotel::integrations::{Customer, DeleteCustomer, GetCustomer};
use protocol::admin::confirm::Confirm;
use protocol::admin::customer::CustomerView;

use super::moment;
use crate::admin::confirm;
use crate::api::{Body, whole};
use crate::auth::Caller;
use crate::{Answer, App};

/// `GET /api/admin/customer`
pub async fn show(State(app): State<App>, caller: Caller) -> Answer<Json<CustomerView>> {
    let customer = app.vendor.call(&caller.name, &GetCustomer).await?;
    Ok(Json(view(&app, customer)))
}

/// `DELETE /api/admin/customer`: with all apps, settings and users, for good.
pub async fn delete(
    State(app): State<App>,
    caller: Caller,
    Body(typed): Body<Confirm>,
) -> Answer<StatusCode> {
    let work = move |app: App| async move {
        let customer = view(&app, app.vendor.call(&caller.name, &GetCustomer).await?);
        let (what, name) = match customer.name.trim() {
            "" => ("the customer's id", &customer.id),
            _ => ("the customer's name", &customer.name),
        };
        confirm::check(&typed, what, name)?;
        app.vendor.call(&caller.name, &DeleteCustomer).await?;
        Ok(StatusCode::NO_CONTENT)
    };
    whole(&app, work).await
}

/// Without the secret.
fn view(app: &App, customer: Customer) -> CustomerView {
    CustomerView {
        deleted: customer.deleted_at.is_deleted(),
        id: customer.customer_id,
        name: customer.customer_name,
        email: customer.email,
        created_at: moment(app, &customer.created_at),
        updated_at: moment(app, &customer.updated_at),
    }
}
