#include "dossier/job/pdf_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include "dossier/sources/read_article.hpp"
#include "small_pdf.hpp"

namespace {

namespace fs = std::filesystem;
using dossier::PdfReaderSettings;
using dossier::read_pdf;
using small_pdf::document;
using small_pdf::File;
using small_pdf::lines;
using testing::AnyOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

/// A program that does what a shell script says.
class Script {
public:
    explicit Script(std::string const& commands)
        : path_(fs::temp_directory_path() / ("dossier-pdf-reader-test-" + std::to_string(::getpid()))) {
        std::ofstream(path_) << "#!/bin/sh\n" << commands << "\n";
        fs::permissions(path_, fs::perms::owner_all);
    }
    ~Script() {
        std::error_code error;
        fs::remove(path_, error);
    }
    Script(Script const&) = delete;
    Script& operator=(Script const&) = delete;
    [[nodiscard]] fs::path const& path() const { return path_; }

private:
    fs::path path_;
};

std::string problem_of(std::string const& bytes, PdfReaderSettings const& settings = {}) {
    return read_pdf(bytes, settings).pages.problem;
}

TEST(PdfReader, ReadsEveryPage) {
    auto const reading = read_pdf(document({lines({"The first page", "has two lines."}), lines({"The second."})}), {});
    EXPECT_EQ(reading.pages.problem, "");
    EXPECT_THAT(reading.pages.pages, ElementsAre("The first page\nhas two lines.\n", "The second.\n"));
}

TEST(PdfReader, StandsInItsSandboxBeforeItLooksAtTheFile) {
    auto const reading = read_pdf(document({lines({"Text."})}), {});
    EXPECT_GT(reading.landlock, 0);
    EXPECT_TRUE(reading.seccomp);
}

TEST(PdfReader, ReadsTheDocumentInformation) {
    File file;
    int const information =
        file.add("<< /Title (Warm drinks) /Author <FEFF004A00F8> /CreationDate (D:20210304101112+01'00') >>");
    auto const pages =
        read_pdf(document({lines({"Text."})}, file, {}, "/Info " + File::reference(information)), {}).pages;
    EXPECT_EQ(pages.title, "Warm drinks");
    EXPECT_EQ(pages.author, "Jø");
    EXPECT_EQ(pages.created, "2021-03-04");
}

TEST(PdfReader, ReadsADateAsFarAsItIsOne) {
    for (auto const& [stated, date] :
         {std::pair{"D:2021", "2021"}, std::pair{"202103", "2021-03"}, std::pair{"D:20211399", "2021"},
          std::pair{"D:20210399", "2021-03"}, std::pair{"yesterday", ""}, std::pair{"D:00010101", ""}}) {
        File file;
        int const information = file.add("<< /CreationDate (" + std::string(stated) + ") >>");
        auto const bytes = document({lines({"Text."})}, file, {}, "/Info " + File::reference(information));
        EXPECT_EQ(read_pdf(bytes, {}).pages.created, date) << stated;
    }
}

TEST(PdfReader, KeepsAPageWithoutTextAmongOthers) {
    EXPECT_THAT(read_pdf(document({lines({"One."}), "", lines({"Three."})}), {}).pages.pages,
                ElementsAre("One.\n", "", "Three.\n"));
}

TEST(PdfReader, SaysThatAScanHoldsImagesOnly) {
    File file;
    int const image = file.add_stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "x");
    auto const bytes = document({"/I Do"}, file, "/XObject << /I " + File::reference(image) + " >>");
    EXPECT_EQ(problem_of(bytes), "holds images only, no text (a scan without text recognition)");
}

TEST(PdfReader, SaysThatDrawingsHoldNoText) {
    EXPECT_EQ(problem_of(document({"0 0 100 100 re f"})), "holds no text");
}

TEST(PdfReader, SaysThatAFileIsEncrypted) {
    File file;
    std::string const hash(64, '4');
    int const encryption = file.add("<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + hash + "> /U <" + hash + "> >>");
    auto const bytes =
        document({lines({"Text."})}, file, {}, "/Encrypt " + File::reference(encryption) + " /ID [<00> <00>]");
    EXPECT_EQ(problem_of(bytes), "is encrypted and opens with a password only");
}

TEST(PdfReader, SaysThatAFileIsDamaged) {
    for (auto const& bytes :
         {std::string("%PDF-1.4\n"), std::string("no PDF at all"), std::string("%PDF-1.7\n") + std::string(5000, '\0')})
        EXPECT_THAT(problem_of(bytes), StartsWith("is damaged"));
}

TEST(PdfReader, AnswersWhateverAFileIsCutOrChangedTo) {
    auto const whole = document({lines({"The first page."}), lines({"The second."})});
    std::minstd_rand random(7);
    for (int i = 0; i < 40; ++i) {
        auto bytes = whole;
        if (i % 2 == 0) bytes.resize(random() % whole.size());
        for (int k = 0; k < 5 && !bytes.empty(); ++k)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        auto const pages = read_pdf(bytes, {}).pages;
        EXPECT_NE(pages.problem.empty(), pages.pages.empty());
    }
}

TEST(PdfReader, HasBoundsOnPagesAndText) {
    PdfReaderSettings settings;
    settings.max_pages = 1;
    EXPECT_EQ(problem_of(document({lines({"One."}), lines({"Two."})}), settings),
              "has more pages than the limit (2, limit 1)");
    settings.max_pages = 2;
    settings.max_text_bytes = 7;
    EXPECT_EQ(problem_of(document({lines({"One."}), lines({"Two."})}), settings),
              "has more text than the limit (7 bytes)");
}

TEST(PdfReader, DoesNotCountPagesThatAreOnlyClaimed) {
    File file;
    int const page = file.add("<< /Type /Page /MediaBox [0 0 9 9] >>");
    int const pages = file.add("<< /Type /Pages /Count 1000000 /Kids [" + File::reference(page) + "] >>");
    int const catalog = file.add("<< /Type /Catalog /Pages " + File::reference(pages) + " >>");
    EXPECT_THAT(problem_of(file.bytes(catalog)), AnyOf(StartsWith("has more pages than the limit"),
                                                       StartsWith("is damaged"), StartsWith("holds no text")));
}

TEST(PdfReader, GetsOutOfATreeOfPagesThatIsARing) {
    File file;
    file.add("<< /Type /Catalog /Pages 2 0 R >>");
    file.add("<< /Type /Pages /Count 3 /Kids [2 0 R 2 0 R 2 0 R] /Parent 2 0 R >>");
    EXPECT_THAT(problem_of(file.bytes(1)), testing::Not(IsEmpty()));
}

// Every filter makes 64 bytes of one: a stream of two bytes is one of 2 GiB.
TEST(PdfReader, IsStoppedWhenAStreamHasNoEnd) {
    File file;
    std::string filters;
    for (int i = 0; i < 6; ++i)
        filters += "/RunLengthDecode ";
    int const stream = file.add_stream("/Filter [" + filters + "]", "\x81\x81");
    int const page =
        file.add("<< /Type /Page /Parent 3 0 R /MediaBox [0 0 9 9] /Contents " + File::reference(stream) + " >>");
    int const pages = file.add("<< /Type /Pages /Count 1 /Kids [" + File::reference(page) + "] >>");
    int const catalog = file.add("<< /Type /Catalog /Pages " + File::reference(pages) + " >>");
    PdfReaderSettings settings;
    settings.seconds = 3;
    EXPECT_THAT(problem_of(file.bytes(catalog), settings),
                AnyOf(HasSubstr("was stopped: it ran longer than 3 s"), HasSubstr("more memory than the limit"),
                      StartsWith("holds no text")));
}

// Ten forms, each showing the next one ten times.
TEST(PdfReader, IsStoppedWhenFormsMultiply) {
    File file;
    int inner = file.add_stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /Font << /F1 << /Type "
        "/Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>",
        "BT /F1 9 Tf 5 5 Td (word) Tj ET");
    for (int i = 0; i < 10; ++i) {
        std::string tenfold;
        for (int k = 0; k < 10; ++k)
            tenfold += "1 0 0 1 " + std::to_string(k * (i + 1)) + " 3 cm /X Do ";
        inner = file.add_stream("/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /X " +
                                    File::reference(inner) + " >> >>",
                                tenfold);
    }
    PdfReaderSettings settings;
    settings.seconds = 3;
    settings.memory_bytes = std::uint64_t{256} << 20;
    auto const problem =
        problem_of(document({"/X Do"}, file, "/XObject << /X " + File::reference(inner) + " >>"), settings);
    EXPECT_THAT(problem, StartsWith("could not be read: the PDF reader "));
}

TEST(PdfReader, TakesDeepNestingForDamageOrReadsOnBehindIt) {
    auto const pages = read_pdf(document({std::string(300'000, '[') + lines({"Text."})}), {}).pages;
    EXPECT_NE(pages.problem.empty(), pages.pages.empty());
}

TEST(PdfReader, SaysThatItsProgramIsMissing) {
    PdfReaderSettings settings;
    settings.program = "/no/such/program";
    EXPECT_EQ(problem_of(document({lines({"Text."})}), settings),
              "could not be read: the PDF reader could not be started: cannot run /no/such/program: No such file or "
              "directory");
}

TEST(PdfReader, SaysThatItCrashed) {
    Script const script("kill -SEGV $$");
    PdfReaderSettings settings;
    settings.program = script.path();
    EXPECT_EQ(problem_of(document({lines({"Text."})}), settings),
              "could not be read: the PDF reader crashed (SIGSEGV)");
}

TEST(PdfReader, TakesNoTextWithoutTheEndFrame) {
    Script const script("exit 0");
    PdfReaderSettings settings;
    settings.program = script.path();
    EXPECT_EQ(problem_of(document({lines({"Text."})}), settings),
              "could not be read: the PDF reader ended without finishing (exit status 0)");
}

TEST(PdfReader, TakesNothingButFrames) {
    Script const script("echo This is no frame, but a line of text that somebody printed.");
    PdfReaderSettings settings;
    settings.program = script.path();
    EXPECT_EQ(problem_of(document({lines({"Text."})}), settings),
              "could not be read: the PDF reader said what nobody asked it for");
}

TEST(PdfReader, MakesArticlesOfPdfFiles) {
    dossier::ReadOptions options;
    options.read_pdf = dossier::make_pdf_reader({});
    dossier::Diagnostics diagnostics;
    auto const article = dossier::read_article(
        "a", "a.pdf",
        document({lines({"Warm drinks and sleep"}),
                  lines({"The forty students of the study slept well after they", "had drunk it."})}),
        options, diagnostics);
    ASSERT_EQ(article.sentences.size(), 2u);
    EXPECT_EQ(article.sentences[1].text, "The forty students of the study slept well after they had drunk it.");
    EXPECT_EQ(article.sentences[1].page, 2u);
    EXPECT_EQ(article.title.value, "Warm drinks and sleep");
}

TEST(PdfReader, SaysOnceWhyAFileIsNotAssessable) {
    dossier::ReadOptions options;
    options.read_pdf = dossier::make_pdf_reader({});
    dossier::Diagnostics diagnostics;
    auto const article = dossier::read_article("a", "a.pdf", document({""}), options, diagnostics);
    EXPECT_EQ(article.status, dossier::ArticleStatus::not_assessable);
    ASSERT_EQ(diagnostics.items().size(), 1u);
    EXPECT_EQ(diagnostics.items()[0].code, "DOS0313");
    EXPECT_EQ(diagnostics.items()[0].message, "the article holds no text");
}

}  // namespace
