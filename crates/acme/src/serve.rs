//! Listeners and connections. Connections are served with hyper directly, because some faults are not answers: the
//! connection closes before or in the middle of an answer.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tower::ServiceExt;

use crate::layers::Cut;
use crate::wire::{Connection, Wire};

/// How long running requests may take to finish when Acme stops.
const GRACE: Duration = Duration::from_millis(500);

/// Accepts connections until `stop` is set, then gives running requests a moment to finish.
pub fn serve(listener: TcpListener, app: Router, mut stop: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                () = stopped(&mut stop) => break,
                accepted = listener.accept() => match accepted {
                    Ok((stream, _)) => {
                        connections.spawn(connection(stream, app.clone(), stop.clone()));
                    }
                    // Most likely no file descriptors are left: wait, then accept again.
                    Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
                },
                Some(_) = connections.join_next() => {}
            }
        }
        drop(listener);
        let finished = async { while connections.join_next().await.is_some() {} };
        let _ = tokio::time::timeout(GRACE, finished).await;
    })
}

async fn connection(stream: TcpStream, app: Router, mut stop: watch::Receiver<bool>) {
    let _ = stream.set_nodelay(true);
    let wire = Wire::default();
    let connection = Connection::new(stream, wire.clone());
    let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let app = app.clone();
        let wire = wire.clone();
        async move {
            let mut request: Request = request.map(Body::new);
            request.extensions_mut().insert(wire);
            let Ok(response) = app.oneshot(request).await;
            match response.extensions().get::<Cut>() {
                Some(Cut) => Err(io::Error::from(io::ErrorKind::ConnectionAborted)),
                None => Ok(response),
            }
        }
    });
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(30));
    let connection = server.serve_connection(TokioIo::new(connection), service);
    tokio::pin!(connection);
    // Ignore a connection error: the client caused it, or a fault that a test has set.
    tokio::select! {
        _ = connection.as_mut() => {}
        () = stopped(&mut stop) => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.as_mut().await;
        }
    }
}

/// Returns when `stop` is set, or when its sender is gone.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Binds an address such as `127.0.0.1:8090` or `localhost:0`.
pub async fn bind(address: &str) -> io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(address).await?;
    let bound = listener.local_addr()?;
    Ok((listener, bound))
}
