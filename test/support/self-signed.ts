/** A certificate that no authority signed, for "localhost" and 127.0.0.1, until 2126. Its key protects nothing: it is public, and for tests only. */
export const selfSigned: { readonly key: string; readonly cert: string } = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg0+TFVqoaP9ezV4z0
HLLpAiKpWMtqmaRikdk4Yb5ILcGhRANCAARGBMRDAw4ZQLu9jwZUHsRBq4rU47p+
qRGm8DwqFqbpR8WEpRbzhQpL1vOOW7aC8k9cmfC2m6hzaD0WFMic9FUH
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBpTCCAUugAwIBAgIUWwi07NnszhgUaSGoobOyFx9XozowCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwOcXVhcnRpZXJzLnRlc3QwIBcNMjYxMTI0MDQwMDAxWhgPMjEy
NjEwMzEwNDAwMDFaMBkxFzAVBgNVBAMMDnF1YXJ0aWVycy50ZXN0MFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAERgTEQwMOGUC7vY8GVB7EQauK1OO6fqkRpvA8Kham
6UfFhKUW84UKS9bzjlu2gvJPXJnwtpuoc2g9FhTInPRVB6NvMG0wHQYDVR0OBBYE
FC1vCbjYrnknU/EBa4/bsOmJe15NMB8GA1UdIwQYMBaAFC1vCbjYrnknU/EBa4/b
sOmJe15NMA8GA1UdEwEB/wQFMAMBAf8wGgYDVR0RBBMwEYIJbG9jYWxob3N0hwR/
AAABMAoGCCqGSM49BAMCA0gAMEUCIGohGoiBuGFwjmWUu0VELYB5Hwkp5Nc/zJFO
8+N0f2jTAiEA6LI5yZtKsW9MEP5UP0U+Fzd9uNqkspiCbgsls2GlXgg=
-----END CERTIFICATE-----
`,
};
