// A report that says every kind of block, with anchors and links, so that assembly and lowering can be seen whole.
#include <dossier/plugin.hpp>

namespace {

class Tour final : public dossier::Report {
public:
    explicit Tour(dossier::OptionValues const& options)
        : with_chart_(options.boolean("chart")), factor_(options.real("factor")), tone_(options.text("tone")) {}

    static std::vector<dossier::Option> options() {
        return {dossier::Option::boolean("chart", true, "Whether to show a chart."),
                dossier::Option::real("factor", 1.5, 0.5, 2.5, "What to multiply with."),
                dossier::Option::text("tone", "plain", {"plain", "formal"}, "How to speak.")};
    }

    void write(dossier::Analysis const&, dossier::Blocks& out) override {
        out.heading(1, "Tour, " + tone_, "top");
        out.paragraph(dossier::Text("See ") + dossier::link("the table", "#numbers") + ", " +
                      dossier::link("the note", "#method") + " and " +
                      dossier::link("the site", "https://example.org/a") + ".");
        out.list({"one", dossier::strong("two")}, true);
        say_quote(out);
        out.note("How it was done.", "method");
        say_table(out);
        if (with_chart_)
            out.stacked_bars("Stances", "bars", "Two support, one refutes.", {"claim 1", "claim 2"},
                             {"Supports it", "refutes"}, {2.0, 1.0, 0.0, std::nan("")});
        out.callout(DOSSIER_CALLOUT_INFO, "Mind", "the gap");
        out.page_break();
    }

private:
    void say_quote(dossier::Blocks& out) const {
        dossier::Quoted quote;
        quote.text = "It is so.", quote.article_id = "a1", quote.path = "a.txt";
        quote.byte_begin = 10, quote.byte_end = 19, quote.line = 2;
        quote.anchor = "quote-1", quote.back = "#top", quote.stance = "supports";
        out.quote(quote);
    }
    void say_table(dossier::Blocks& out) const {
        using dossier::Column;
        auto table = out.table("Numbers",
                               {Column::text("name", "Name"), Column::real("value", "Value", 2),
                                Column::percent("share", "Share", 0), Column::stance("stance", "Stance"),
                                Column::interval("range", "Range", 2), Column::link("source", "Source")},
                               "numbers");
        table.row("first", 0.285 * factor_, 0.75, "not_assessable", dossier::Cell::interval(0.3, 0.95),
                  dossier::Cell("the site").to("https://example.org/a"));
        table.row(dossier::Cell("second").to("#quote-1"), std::nullopt, std::nullopt, std::nullopt, std::nullopt,
                  std::nullopt);
    }
    bool with_chart_;
    double factor_;
    std::string tone_;
};

}  // namespace

DOSSIER_REPORT(Tour, "tour", "Says every kind of block.")
