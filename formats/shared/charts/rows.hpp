// Charts whose categories go down the page: a label, and marks beside it. Breaks between rows where it is longer than a
// page; heads, axis and legend then stand on each page.
#pragma once

#include <string>
#include <vector>

#include "canvas.hpp"
#include "kinds.hpp"
#include "scale.hpp"

namespace dossier::charts {

class RowChart {
public:
    RowChart(Surface& surface, Chart const& chart);
    virtual ~RowChart() = default;
    RowChart(RowChart const&) = delete;
    RowChart& operator=(RowChart const&) = delete;

    void draw();

protected:
    // ---- What a kind of chart decides
    [[nodiscard]] virtual Align label_align() const { return Align::right; }
    [[nodiscard]] virtual double label_share() const { return 0.36; }  ///< of the width, at most
    [[nodiscard]] virtual Font label_font(std::size_t) const { return Font::regular; }
    /// Called once the labels are set: plot_left_ and plot_width_ may be narrowed.
    virtual void prepare() {}
    [[nodiscard]] virtual bool needs_legend() const { return chart_.series.size() > 1; }
    [[nodiscard]] virtual SeriesLook look(std::size_t series) const { return look_of(chart_, series); }
    virtual void legend_mark(std::size_t series, double x, double middle);
    /// Above the rows, on each page.
    [[nodiscard]] virtual double head_height();
    virtual void draw_head(double y);
    [[nodiscard]] virtual double mark_height(std::size_t category) = 0;
    virtual void draw_marks(std::size_t category, double y, double height) = 0;
    /// Behind the rows, before them.
    virtual void draw_ground(double, double) {}
    /// Below the rows, on each page.
    [[nodiscard]] virtual double foot_height() { return 0; }
    virtual void draw_foot(double) {}
    /// Columns that do not fit beside each other come one band below the other.
    [[nodiscard]] virtual std::size_t n_bands() const { return 1; }

    // ---- What they share
    /// NaN where there is no value, also where the chart promises more values than it brings.
    [[nodiscard]] double value(std::size_t category, std::size_t series, std::size_t at = 0) const;
    [[nodiscard]] double weight(std::size_t category, std::size_t series) const;
    [[nodiscard]] std::uint32_t mark_of(std::size_t category) const;
    void draw_missing(double middle);
    [[nodiscard]] double plot_x() const { return surface_.left() + plot_left_; }

    Surface& surface_;
    Chart const& chart_;
    Canvas canvas_;
    double size_;  ///< of the words in the chart
    double row_gap_;
    double label_width_ = 0;
    double plot_left_ = 0, plot_width_ = 0;  ///< from the flow's left edge
    std::size_t band_ = 0;

private:
    struct LegendEntry {
        double x = 0;
        std::size_t row = 0;
    };
    void choose_rows();
    void set_labels();
    [[nodiscard]] double row_height(std::size_t row);
    [[nodiscard]] double rows_height();
    void set_legend();
    [[nodiscard]] double legend_height() const;
    void draw_legend();
    void draw_rows();
    void draw_row(std::size_t row, double height);
    void continue_on_new_page();
    [[nodiscard]] std::size_t rows_that_fit(std::size_t first, bool at_least_one);

    std::vector<std::size_t> rows_;    ///< the categories that are drawn
    std::vector<WrappedText> labels_;  ///< of rows
    std::vector<LegendEntry> legend_;
};

/// Row charts with an axis of values below.
class ScaledRows : public RowChart {
public:
    using RowChart::RowChart;

protected:
    [[nodiscard]] double x_of(double value) const { return plot_x() + scale_.at(value) * plot_width_; }
    [[nodiscard]] int most_ticks() const;
    /// What a tick says; the axis of a diverging bar counts both ways.
    [[nodiscard]] virtual std::string tick_label(Scale::Tick const& tick) const { return tick.label; }
    [[nodiscard]] virtual double reference() const { return chart_.reference; }
    void draw_ground(double y, double height) override;
    [[nodiscard]] double foot_height() override;
    void draw_foot(double y) override;

    Scale scale_;
};

}  // namespace dossier::charts
