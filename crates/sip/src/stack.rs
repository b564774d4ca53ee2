//! One `rsipstack` endpoint over one [`Wire`].

use std::net::Ipv4Addr;
use std::sync::Arc;

use rsipstack::EndpointBuilder;
use rsipstack::transaction::TransactionReceiver;
use rsipstack::transaction::endpoint::EndpointInnerRef;
use rsipstack::transport::{SipAddr, TransportLayer};
use tokio_util::sync::CancellationToken;

use crate::calls::Calls;
use crate::wire::{Identity, Wire};

/// A running endpoint.
pub(crate) struct Stack {
    pub(crate) wire: Wire,
    pub(crate) endpoint: EndpointInnerRef,
    pub(crate) incoming: TransactionReceiver,
}

impl Stack {
    /// Starts it; it ends with `cancel`.
    pub(crate) async fn start(
        identity: Identity,
        calls: &Arc<Calls>,
        user_agent: &str,
        cancel: CancellationToken,
    ) -> rsipstack::Result<Self> {
        // The one place the stack sends to, whatever the server is; never on any wire.
        let address = SipAddr {
            r#type: Some(rsipstack::sip::Transport::Tcp),
            addr: std::net::SocketAddr::from((Ipv4Addr::new(0, 0, 0, 1), 5060)).into(),
        };
        let (wire, connection) = Wire::start(identity, Arc::clone(calls), address.clone()).await?;
        let mut transport = TransportLayer::new(cancel.clone());
        transport.outbound = Some(address);
        transport.add_connection(connection);
        let endpoint = EndpointBuilder::new()
            .with_user_agent(user_agent)
            .with_transport_layer(transport)
            .with_cancel_token(cancel)
            .build();
        let incoming = endpoint.incoming_transactions()?;
        let inner = endpoint.inner.clone();
        tokio::spawn(async move { endpoint.serve().await });
        Ok(Self {
            wire,
            endpoint: inner,
            incoming,
        })
    }
}
