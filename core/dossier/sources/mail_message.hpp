// Mail message: e-mails, and pages that a browser saved as one file (MHTML), which have the form of e-mails.
#pragma once

#include <string_view>

namespace dossier::sources {

/// Whether the bytes begin with the header of a message whose body is encoded (quoted-printable, base64) or made of parts:
/// what stands below it is not the text that its writer wrote. One whose body stands there as it is reads as plain text.
[[nodiscard]] bool is_encoded_mail(std::string_view bytes);

}  // namespace dossier::sources
