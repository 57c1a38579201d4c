#include "dossier/sources/records/record_splitter.hpp"

namespace dossier::sources {

std::unique_ptr<RecordSplitter> make_record_splitter(Format, ByteStream&, std::map<std::string, std::string>,
                                                     std::size_t) {
    return nullptr;
}

Document read_record(Format, std::string_view, RecordContext const&) {
    return {};
}

}  // namespace dossier::sources
