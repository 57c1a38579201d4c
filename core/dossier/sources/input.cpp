#include "dossier/sources/input.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "dossier/model/file_bytes.hpp"
#include "dossier/sources/containers/archive_reader.hpp"
#include "dossier/sources/containers/container_kind.hpp"
#include "dossier/sources/containers/file_stream.hpp"
#include "dossier/sources/containers/member_name.hpp"
#include "dossier/sources/containers/member_troubles.hpp"
#include "dossier/sources/containers/peek_stream.hpp"
#include "dossier/sources/containers/unpack_budget.hpp"
#include "dossier/sources/containers/wanted_paths.hpp"
#include "dossier/sources/document.hpp"
#include "dossier/sources/find_articles.hpp"
#include "dossier/sources/records/record_splitter.hpp"
#include "dossier/sources/size_words.hpp"
#include "dossier/sources/source_text.hpp"

namespace dossier {
namespace {

using namespace sources;

constexpr std::size_t encoding_sample_bytes = 64u << 10;
constexpr std::size_t format_sample_bytes = 64u << 10;

/// Something to read: the file itself, a member, or what one of them unpacks to.
struct Item {
    std::string id;
    std::string member;                      ///< ArticleOrigin::member
    std::string name;                        ///< of what the bytes are: without ".gz" once that is unpacked
    std::size_t level = 0;                   ///< how many layers of packing are around it
    unsigned depth = 0;                      ///< the same, with a tar file and its compression as one
    bool unpacked = false;                   ///< it is what a compressed file holds
    ArchiveReader const* archive = nullptr;  ///< that it is a member of
};

/// An export of records while it is split.
struct Export {
    Item const& item;
    Format format;
    RecordSplitter& splitter;
    std::string encoding;                ///< RecordContext::encoding
    SourceText const* source = nullptr;  ///< what the splitter reads, where that is not the bytes themselves
    std::string_view bytes = {};         ///< that source was decoded from
};

/// One encoding for all records, where the beginning of the file tells it: a single record is too short to.
std::string encoding_of_export(Format format, std::string_view start) {
    auto const whole_lines = start.substr(0, start.rfind('\n') + 1);  // no character is cut
    bool const declares = format == Format::pubmed_xml || format == Format::endnote_xml;
    SourceText const source(whole_lines, declares ? declared_charset(start) : std::string());
    return source.encoding() == "UTF-8" ? std::string() : source.encoding();
}

class InputWalk {
public:
    InputWalk(std::string const& file, InputOptions const& options, Format const* format, WantedPaths wanted,
              std::uint64_t packed_bytes, std::function<bool(ArticleInput&&)> const& take, Diagnostics& diagnostics)
        : file_(file),
          options_(options),
          format_(format),
          wanted_(wanted),
          budget_(options, packed_bytes),
          take_(take),
          diagnostics_(diagnostics) {}

    void walk(std::string const& id, SeekableStream& bytes) {
        PeekStream stream(bytes, bytes.size());
        read({id, {}, file_}, stream, &bytes);
    }

private:
    // --- what an item is ------------------------------------------------------------------------------------------

    /// @param whole  the same bytes from their beginning, where they can be read from any place; else null
    void read(Item const& item, PeekStream& stream, SeekableStream* whole) {
        bool const as_told = format_ != nullptr && item.level == 0;
        auto const found = as_told ? Recognised{} : recognise_container(item.name, stream.peek(recognition_bytes));
        if (found.kind == ContainerKind::refused) return refuse(item, found.refusal, "DOS0330");
        if (found.kind == ContainerKind::none) return read_contents(item, stream, whole);
        bool const packed_tar = item.unpacked && found.kind == ContainerKind::tar;
        auto const depth = item.depth + (packed_tar ? 0 : 1);
        if (depth > options_.max_container_depth)
            return refuse(item,
                          "is packed " + std::to_string(depth) + " levels deep (limit " +
                              std::to_string(options_.max_container_depth) + "), unpack it first",
                          "DOS0333");
        if (is_archive(found.kind)) return read_archive(item, depth, found.kind, stream, whole);
        Unpacker unpacker(found.kind, stream);
        CountedStream counted(unpacker, budget_, item.level);
        PeekStream inner(counted);
        Item within = item;
        within.name = name_unpacked(item.name);
        within.level = item.level + 1;
        within.depth = depth;
        within.unpacked = true;
        read(within, inner, nullptr);
    }

    void read_contents(Item const& item, PeekStream& stream, SeekableStream const* whole) {
        auto const format = format_of_item(item, stream);
        if (has_records(format)) {
            bool const wide = !wide_encoding_of(stream.peek(encoding_sample_bytes)).empty();
            return wide ? read_wide_records(item, format, stream) : read_records(item, format, stream);
        }
        read_article(item, format, stream, whole);
    }

    Format format_of_item(Item const& item, PeekStream& stream) const {
        if (format_ != nullptr && item.level == 0) return *format_;
        auto const start = stream.peek(format_sample_bytes);
        bool const wide = !wide_encoding_of(start).empty();
        return wide ? format_of(item.name, SourceText(start, "").text()) : format_of(item.name, start);
    }

    // --- articles -------------------------------------------------------------------------------------------------

    void read_article(Item const& item, Format format, PeekStream& stream, SeekableStream const* whole) {
        if (!wanted_.has(path_of(item))) return;
        auto const limit = options_.max_article_bytes;
        if (whole != nullptr && whole->size() > limit) return refuse_too_large(item);
        auto bytes = stream.take(limit);
        if (!stream.at_end()) return refuse_too_large(item);
        if (auto const problem = stream.problem(); !problem.empty()) return break_off(item, problem, 0);
        auto input = input_of(item, format);
        input.origin.bytes = {0, bytes.size()};
        input.bytes = std::move(bytes);
        hand_out(std::move(input));
    }

    // --- records --------------------------------------------------------------------------------------------------

    void read_records(Item const& item, Format format, PeekStream& stream) {
        auto const encoding = encoding_of_export(format, stream.peek(encoding_sample_bytes));
        auto const splitter = make_record_splitter(format, stream, columns_for(item), options_.max_article_bytes);
        hand_out_records({item, format, *splitter, encoding}, stream);
    }

    /// UTF-16 and UTF-32: the splitter reads the text, the articles get the bytes that it was decoded from.
    void read_wide_records(Item const& item, Format format, PeekStream& stream) {
        auto const bytes = stream.take(options_.max_article_bytes);
        if (!stream.at_end()) return refuse_too_large(item);
        SourceText const source(bytes, "");
        MemoryStream text(source.text());
        auto const splitter = make_record_splitter(format, text, columns_for(item), options_.max_article_bytes);
        hand_out_records({item, format, *splitter, source.encoding(), &source, bytes}, stream);
    }

    /// One record is held back, since only the end of the stream tells whether the last one is whole.
    void hand_out_records(Export const& from, ByteStream const& stream) {
        RecordSlice slice;
        std::optional<ArticleInput> held;
        std::shared_ptr<RecordContext const> context;
        auto const path = path_of(from.item);
        std::size_t n = 0;
        while (!stopped_ && from.splitter.next(slice)) {
            if (!context) context = take_context(from);
            if (held) hand_out(std::move(*std::exchange(held, std::nullopt)));
            if (!wanted_.has(path + '#' + std::to_string(++n))) continue;
            held = input_of(from.item, from.format);
            held->id += '#' + std::to_string(n);
            held->path += '#' + std::to_string(n);
            held->origin.record = n;
            held->line = slice.line;
            held->context = context;
            fill_record(*held, slice, from);
        }
        auto const problem = stream.problem();
        if (held && problem.empty()) hand_out(std::move(*held));
        if (!problem.empty()) return break_off(from.item, problem, n == 0 ? 0 : n - 1);
        if (n == 0) refuse(from.item, "holds no records", "DOS0303");
    }

    /// What the records share, with what is known of the file around them.
    std::shared_ptr<RecordContext const> take_context(Export const& from) {
        auto context = *from.splitter.context();
        context.encoding = from.encoding;
        if (!context.trouble.empty())
            diagnostics_.add({Severity::warning, "DOS0316", {path_of(from.item)}, context.trouble, {}, {}});
        return std::make_shared<RecordContext const>(std::move(context));
    }

    static void fill_record(ArticleInput& input, RecordSlice& slice, Export const& from) {
        ByteRange range{slice.byte_begin, slice.byte_begin + slice.bytes.size()};
        if (from.source != nullptr) {
            range = {from.source->to_source(range.begin), from.source->to_source(range.end)};
            slice.bytes = from.bytes.substr(range.begin, range.end - range.begin);
        }
        input.origin.bytes = range;
        input.problem = std::exchange(slice.broken, {});
        if (!input.problem.empty()) input.problem_code = "DOS0314";
        input.bytes = std::exchange(slice.bytes, {});
    }

    std::map<std::string, std::string> columns_for(Item const& item) const {
        for (auto const& mapping : options_.columns)
            for (auto const& glob : mapping.files)
                if (matches_glob(glob, path_of(item))) return mapping.columns;
        return {};
    }

    // --- archives -------------------------------------------------------------------------------------------------

    void read_archive(Item const& item, unsigned depth, ContainerKind kind, PeekStream& stream, SeekableStream* whole) {
        if (whole != nullptr) {
            if (!whole->seek(0)) return;
            ArchiveReader archive(kind, *whole);
            return read_members(item, depth, archive);
        }
        // A ZIP file's list of members stands at its end; where it fits, it is read from there.
        auto const head = kind == ContainerKind::zip ? stream.peek(options_.max_article_bytes) : std::string_view();
        if (kind == ContainerKind::zip && head.size() < options_.max_article_bytes && stream.problem().empty()) {
            SeekableMemory memory(head);
            ArchiveReader archive(kind, memory);
            return read_members(item, depth, archive);
        }
        ArchiveReader archive(kind, stream);
        read_members(item, depth, archive);
    }

    void read_members(Item const& item, unsigned depth, ArchiveReader& archive) {
        MemberTroubles troubles;
        std::set<std::string> names, ids;
        auto const before = n_handed_out_;
        std::size_t n_members = 0;
        Member member;
        while (!stopped_ && budget_.exceeded().empty() && archive.next(member)) {
            ++n_members;
            budget_.add_member();
            if (budget_.exceeded().empty()) read_member(item, depth, member, archive, names, ids, troubles);
        }
        if (stopped_) return;
        bool const nothing_read = n_handed_out_ == before && wanted_.has(path_of(item));
        troubles.tell(path_of(item), diagnostics_);
        auto const problem = budget_.exceeded().empty() ? archive.broken() : budget_.exceeded();
        if (!problem.empty()) return break_off(item, problem, n_handed_out_ - before);
        if (nothing_read && troubles.only_left_out() && !troubles.has_excluded())
            refuse(item, n_members == 0 ? "is an empty archive" : "holds no articles", "DOS0339");
    }

    void read_member(Item const& archive_item, unsigned depth, Member const& member, ArchiveReader& archive,
                     std::set<std::string>& names, std::set<std::string>& ids, MemberTroubles& troubles) {
        if (member.type == MemberType::folder) return;
        if (auto const refusal = refusal_of_member_name(member.name); !refusal.empty())
            return troubles.refuse("DOS0334", member.name, refusal);
        auto const name = tidy_member_name(member.name);
        if (is_system_member(name)) return;
        if (member.type != MemberType::file)
            return troubles.refuse("DOS0335", name, member.type == MemberType::link ? "is a link" : "is a device");
        if (!may_be_article(name) && !may_be_container(name)) return troubles.leave_out(name);
        if (!names.insert(name).second)
            return troubles.refuse("DOS0336", name, "has the name of another one before it");
        Item item;
        item.member = (archive_item.member.empty() ? "" : archive_item.member + "!/") + name;
        item.id = unique_id(archive_item.id + '/', name, ids);
        item.name = name;
        item.level = archive_item.level + 1;
        item.depth = depth;
        item.archive = &archive;
        auto const path = path_of(item);
        if (is_excluded(path)) return troubles.exclude();
        if (!wanted_.has_any_in(path)) return;
        if (member.encrypted)
            return troubles.refuse("DOS0337", name, "is encrypted; unpack the archive with its password");
        CountedStream counted(archive, budget_, archive_item.level);
        PeekStream stream(counted);
        read(item, stream, nullptr);
    }

    /// The name without its extension; with it where that is another's, at last with a number.
    static std::string unique_id(std::string const& prefix, std::string const& name, std::set<std::string>& ids) {
        auto id = prefix + name_without_extension(name);
        if (ids.insert(id).second) return id;
        id = prefix + name;
        for (std::size_t n = 2; !ids.insert(id).second; ++n)
            id = prefix + name + '~' + std::to_string(n);
        return id;
    }

    bool is_excluded(std::string const& path) const {
        return std::any_of(options_.exclude.begin(), options_.exclude.end(),
                           [&](std::string const& glob) { return matches_glob(glob, path); });
    }

    // --- what is handed out ---------------------------------------------------------------------------------------

    std::string path_of(Item const& item) const { return item.member.empty() ? file_ : file_ + "!/" + item.member; }

    ArticleInput input_of(Item const& item, Format format) const {
        ArticleInput input;
        input.id = item.id;
        input.path = path_of(item);
        input.origin = {file_, item.member, 0, {}};
        input.format = format;
        return input;
    }

    void hand_out(ArticleInput&& input) {
        if (stopped_) return;
        ++n_handed_out_;
        stopped_ = !take_(std::move(input)) || wanted_.are_all(n_handed_out_);
    }

    void refuse(Item const& item, std::string problem, std::string code) {
        if (!wanted_.has(path_of(item))) return;
        auto input = input_of(item, format_of(item.name, {}));
        input.problem = std::move(problem);
        input.problem_code = std::move(code);
        hand_out(std::move(input));
    }

    void refuse_too_large(Item const& item) { refuse(item, larger_than(options_.max_article_bytes), "DOS0302"); }

    /// Reading stops before the end of an item. Where the archive around it ends there too, that one tells.
    /// @param n_read  articles of it that were handed out; none: the item itself is one that cannot be read
    void break_off(Item const& item, std::string const& problem, std::size_t n_read) {
        bool const exhausted = !budget_.exceeded().empty();
        if (item.archive != nullptr && (exhausted || !item.archive->broken().empty())) return;
        auto const* code = exhausted ? "DOS0332" : "DOS0331";
        if (n_read == 0) return refuse(item, problem, code);
        Diagnostic warning{Severity::warning, code, {path_of(item)}, {}, {}, {}};
        warning.message = problem + "; what follows after " +
                          (n_read == 1 ? "1 article" : std::to_string(n_read) + " articles") + " is left out";
        diagnostics_.add(std::move(warning));
    }

    std::string const& file_;
    InputOptions const& options_;
    Format const* format_;
    WantedPaths wanted_;
    UnpackBudget budget_;
    std::function<bool(ArticleInput&&)> const& take_;
    Diagnostics& diagnostics_;
    std::size_t n_handed_out_ = 0;
    bool stopped_ = false;  // `take` wants no more
};

/// Why the file cannot be read; empty: it can.
std::string problem_of_file(FileStream const& stream, std::string const& root) {
    auto const problem = stream.open_problem();
    if (problem == ReadProblem::none)
        return root.empty() || stream.lies_below(root) ? ""
                                                       : "was replaced by a link that leads out of the job's folder";
    if (problem == ReadProblem::missing) return "does not exist";
    if (problem == ReadProblem::no_permission) return "may not be read (permission denied)";
    return words_for(problem);
}

void walk_file(std::string const& folder, std::string const& file, std::string const& id, InputOptions const& options,
               std::set<std::string> const* wanted, std::function<bool(ArticleInput&&)> const& take,
               Diagnostics& diagnostics) {
    FileStream stream(folder.empty() ? file : folder + '/' + file);
    auto problem = problem_of_file(stream, options.root);
    if (problem.empty())
        return InputWalk(file, options, nullptr, WantedPaths(wanted), stream.size(), take, diagnostics)
            .walk(id, stream);
    ArticleInput input;
    input.id = id;
    input.path = file;
    input.origin = {file, {}, 0, {}};
    input.format = format_of(file, {});
    input.problem = std::move(problem);
    input.problem_code = "DOS0301";
    take(std::move(input));
}

}  // namespace

void for_each_input(std::string const& folder, std::string const& file, std::string const& id,
                    InputOptions const& options, std::function<bool(ArticleInput&&)> const& take,
                    Diagnostics& diagnostics) {
    walk_file(folder, file, id, options, nullptr, take, diagnostics);
}

void for_each_input_in(std::string_view bytes, std::string const& file, std::string const& id,
                       InputOptions const& options, Format const* format,
                       std::function<bool(ArticleInput&&)> const& take, Diagnostics& diagnostics) {
    SeekableMemory stream(bytes);
    InputWalk(file, options, format, WantedPaths(nullptr), bytes.size(), take, diagnostics).walk(id, stream);
}

void reopen(std::string const& folder, std::string const& file, InputOptions const& options,
            std::set<std::string> const& wanted, std::function<bool(ArticleInput&&)> const& take) {
    Diagnostics told_before;
    walk_file(folder, file, {}, options, &wanted, take, told_before);
}

}  // namespace dossier
