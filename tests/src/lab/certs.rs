//! Certificates of the lab: a good one, and each kind of bad one a client must refuse.

use std::fs;
use std::net::Ipv4Addr;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use anyhow::Result;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};

/// The exchange's host name; it resolves inside the lab's namespace only.
pub const HOST_NAME: &str = "pbx.alobar.test";

/// Writes into `folder`: `ca.pem` and, each as `.pem` and `.key` (mode 0600), `exchange` (good),
/// `expired`, `wrong-name` and `other-ca` (its issuer is in no file).
pub(super) fn write(folder: &Path, address: Ipv4Addr) -> Result<()> {
    let authority = authority("Alobar lab CA")?;
    fs::write(folder.join("ca.pem"), &authority.pem)?;
    let names = [
        HOST_NAME.to_owned(),
        "localhost".to_owned(),
        address.to_string(),
    ];

    leaf(
        folder,
        "exchange",
        CertificateParams::new(names.clone())?,
        &authority,
    )?;
    let mut expired = CertificateParams::new(names.clone())?;
    expired.not_before = date_time_ymd(2020, 1, 1);
    expired.not_after = date_time_ymd(2021, 1, 1);
    leaf(folder, "expired", expired, &authority)?;
    let elsewhere = CertificateParams::new(["elsewhere.alobar.test".to_owned()])?;
    leaf(folder, "wrong-name", elsewhere, &authority)?;
    let stranger = self::authority("Another CA")?;
    leaf(
        folder,
        "other-ca",
        CertificateParams::new(names)?,
        &stranger,
    )
}

struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

fn authority(name: &str) -> Result<Authority> {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let key = KeyPair::generate()?;
    let pem = params.self_signed(&key)?.pem();
    Ok(Authority {
        pem,
        issuer: Issuer::new(params, key),
    })
}

fn leaf(folder: &Path, file: &str, mut params: CertificateParams, by: &Authority) -> Result<()> {
    params.distinguished_name.push(DnType::CommonName, file);
    // rustls refuses a leaf that calls itself an authority.
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let key = KeyPair::generate()?;
    fs::write(
        folder.join(format!("{file}.pem")),
        params.signed_by(&key, &by.issuer)?.pem(),
    )?;
    let path = folder.join(format!("{file}.key"));
    fs::write(&path, "")?;
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
    fs::write(&path, key.serialize_pem())?;
    Ok(())
}
