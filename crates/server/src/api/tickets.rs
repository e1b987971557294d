//! Tickets for phones inside a CRM's page.

use axum::Json;
use axum::extract::State;
use protocol::session::{OwnTicketRequest, Ticket, TicketRequest};

use super::Body;
use crate::auth::{Caller, KeyHolder};
use crate::clock::now;
use crate::{Answer, App};

/// `POST /api/tickets`: the CRM's backend asks for an agent's ticket.
pub async fn mint(
    State(app): State<App>,
    holder: KeyHolder,
    Body(request): Body<TicketRequest>,
) -> Answer<Json<Ticket>> {
    let ticket = app.auth.mint(&request, now()).await?;
    let who = format!("key {}", holder.name);
    app.auth.record(&who, "mint_ticket", &request.name).await;
    Ok(Json(ticket))
}

/// `POST /api/tickets/own`: somebody signed in asks for a ticket of their own, for the phone inside a page.
pub async fn own(
    State(app): State<App>,
    caller: Caller,
    Body(request): Body<OwnTicketRequest>,
) -> Answer<Json<Ticket>> {
    let ticket = app.auth.mint_own(&caller, &request, now()).await?;
    app.auth
        .record(&caller.name, "mint_own_ticket", &request.origin)
        .await;
    Ok(Json(ticket))
}
