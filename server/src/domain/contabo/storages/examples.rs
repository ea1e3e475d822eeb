//! What a storage is reached with: commands and set-ups of the usual programs, with its own address.
//!
//! The address comes from Contabo and goes into texts that people run, so nothing but an address gets there.

/// The region that programs sign with. Contabo tells requests apart by address; with this word no program names a place
/// of its own when it makes a bucket.
pub const REGION: &str = "us-east-1";

/// How a storage is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examples {
    /// As `https://eu2.contabostorage.com`.
    pub endpoint: String,
    pub aws_cli: String,
    pub boto3: String,
    pub rclone: String,
    pub php: String,
}

/// The address as Contabo says it, if it is one: over TLS, a host and perhaps a port.
#[must_use]
pub fn endpoint(said: &str) -> Option<String> {
    let host = said.trim().trim_end_matches('/');
    let host = host.strip_prefix("https://").unwrap_or(host);
    let is_host = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | ':');
    let fits =
        host.len() <= 253 && host.starts_with(|sign: char| sign.is_ascii_alphanumeric()) && host.chars().all(is_host);
    (fits && host.contains('.')).then(|| format!("https://{host}"))
}

impl Examples {
    /// Of the storage at this address; none where it has none yet.
    #[must_use]
    pub fn of(s3_url: &str) -> Option<Self> {
        let endpoint = endpoint(s3_url)?;
        Some(Self {
            aws_cli: [
                "aws configure set aws_access_key_id ACCESS_KEY --profile contabo",
                "aws configure set aws_secret_access_key SECRET_KEY --profile contabo",
                &format!("aws configure set region {REGION} --profile contabo"),
                "aws configure set s3.addressing_style path --profile contabo",
                &format!("aws --profile contabo --endpoint-url {endpoint} s3 mb s3://my-bucket"),
                &format!("aws --profile contabo --endpoint-url {endpoint} s3 cp backup.tar.gz s3://my-bucket/"),
            ]
            .join("\n"),
            boto3: [
                "import boto3",
                "from botocore.config import Config",
                "",
                "s3 = boto3.client(",
                "    \"s3\",",
                &format!("    endpoint_url=\"{endpoint}\","),
                &format!("    region_name=\"{REGION}\","),
                "    aws_access_key_id=\"ACCESS_KEY\",",
                "    aws_secret_access_key=\"SECRET_KEY\",",
                "    config=Config(s3={\"addressing_style\": \"path\"}),",
                ")",
                "s3.upload_file(\"backup.tar.gz\", \"my-bucket\", \"backup.tar.gz\")",
            ]
            .join("\n"),
            rclone: [
                "[contabo]",
                "type = s3",
                "provider = Other",
                "access_key_id = ACCESS_KEY",
                "secret_access_key = SECRET_KEY",
                &format!("endpoint = {endpoint}"),
                &format!("region = {REGION}"),
                "force_path_style = true",
            ]
            .join("\n"),
            php: [
                "<?php",
                "require 'vendor/autoload.php'; // composer require aws/aws-sdk-php",
                "",
                "$s3 = new Aws\\S3\\S3Client([",
                "    'version' => 'latest',",
                &format!("    'region' => '{REGION}',"),
                &format!("    'endpoint' => '{endpoint}',"),
                "    'use_path_style_endpoint' => true,",
                "    'credentials' => ['key' => 'ACCESS_KEY', 'secret' => 'SECRET_KEY'],",
                "]);",
                "$s3->putObject(['Bucket' => 'my-bucket', 'Key' => 'hello.txt', 'Body' => 'Hello']);",
            ]
            .join("\n"),
            endpoint,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_an_address_gets_into_what_people_run() {
        let known = endpoint("https://eu2.contabostorage.com/");
        assert_eq!(known.as_deref(), Some("https://eu2.contabostorage.com"));
        assert_eq!(endpoint("eu2.contabostorage.com"), known);
        for bad in [
            "",
            "none",
            "http://eu2.contabostorage.com",
            "https://a.b; rm -rf /",
            "https://a.b'\"",
            "https://a.b/path",
            "-a.b",
            "https://user@a.b",
            "a.b\nc",
        ] {
            assert_eq!(endpoint(bad), None, "{bad}");
        }
    }

    #[test]
    fn each_example_has_the_address_and_paths_for_buckets() {
        let all = Examples::of("https://sin1.contabostorage.com").unwrap();
        for text in [&all.aws_cli, &all.boto3, &all.rclone, &all.php] {
            assert!(
                text.contains("https://sin1.contabostorage.com") && text.contains("path"),
                "{text}"
            );
        }
    }
}
