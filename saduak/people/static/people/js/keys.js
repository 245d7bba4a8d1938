// Keys and passkeys: forms with data-key="add", "use" or "sign-in" carry the answer of the authenticator.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0))

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "")

const named = (credentials) => (credentials ?? []).map((one) => ({ ...one, id: bytes(one.id) }))

async function made(options, alone) {
  const wanted = options.publicKey
  const created = await navigator.credentials.create({
    publicKey: {
      ...wanted,
      challenge: bytes(wanted.challenge),
      user: { ...wanted.user, id: bytes(wanted.user.id) },
      excludeCredentials: named(wanted.excludeCredentials),
      authenticatorSelection: {
        ...wanted.authenticatorSelection,
        residentKey: alone ? "required" : "discouraged",
        requireResidentKey: alone,
        ...(alone ? { userVerification: "required" } : {}),
      },
    },
  })
  return answer(created, {
    attestationObject: text(created.response.attestationObject),
    transports: created.response.getTransports?.() ?? [],
  })
}

async function used(options) {
  const wanted = options.publicKey
  const found = await navigator.credentials.get({
    publicKey: {
      ...wanted,
      challenge: bytes(wanted.challenge),
      allowCredentials: named(wanted.allowCredentials),
    },
  })
  const { authenticatorData, signature, userHandle } = found.response
  return answer(found, {
    authenticatorData: text(authenticatorData),
    signature: text(signature),
    userHandle: userHandle ? text(userHandle) : null,
  })
}

function answer(credential, response) {
  return JSON.stringify({
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
    clientExtensionResults: credential.getClientExtensionResults(),
  })
}

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent)
  const told = await fetch(form.action, {
    headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
  })
  return (await told.json()).request_options
}

for (const form of document.querySelectorAll("form[data-key]")) {
  if (!window.PublicKeyCredential) continue
  form.hidden = false
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    event.stopImmediatePropagation()
    const problem = form.querySelector("[data-key-problem]")
    problem.hidden = true
    try {
      const options = await optionsOf(form)
      const alone = form.elements.passwordless?.checked ?? false
      form.elements.credential.value = form.dataset.key === "add" ? await made(options, alone) : await used(options)
      form.submit()
    } catch {
      problem.hidden = false
    }
  })
}
