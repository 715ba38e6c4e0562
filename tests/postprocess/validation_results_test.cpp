#include "postprocess/validation_results.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <limits>

#include "tests/support/has.hpp"
#include "tests/support/run_program.hpp"

using namespace nerveload;

namespace {

ValidatedQuantity quantity(const std::string& name, ValidationStatus status, std::optional<double> model = 12.0) {
  ValidatedQuantity q;
  q.name = name;
  q.title = "what \"" + name + "\" is";
  q.unit = "kPa";
  q.source = "curran2008";
  q.published = 10.0;
  q.spread = 3.0;
  q.accept_low = 7.0;
  q.accept_high = 13.0;
  q.model = model;
  q.status = status;
  q.reason = status == ValidationStatus::outside ? "the model lacks friction" : "";
  return q;
}

std::vector<ValidatedTarget> targets() {
  ValidatedTarget a{"T1",          "pressure",         "held_out",
                    "T1_pressure", "the band is wide", {quantity("mean", ValidationStatus::inside), quantity("peak", ValidationStatus::inside)}};
  ValidatedTarget b{"T2",      "area", "training",
                    "T2_area", "",     {quantity("mean", ValidationStatus::inside), quantity("peak", ValidationStatus::outside, 20.0)}};
  ValidatedTarget c{"T3", "order", "held_out", "T3_order", "", {quantity("order", ValidationStatus::not_comparable, {})}};
  b.quantities[1].within_record = false;
  return {a, b, c};
}

}  // namespace

TEST(ValidationResults, ATargetIsInsideWhenAllItsFiguresAre) {
  const auto t = targets();
  EXPECT_EQ(t[0].status(), ValidationStatus::inside);
  EXPECT_EQ(t[1].status(), ValidationStatus::outside);
  EXPECT_EQ(t[2].status(), ValidationStatus::not_comparable);
  const ValidationCount c = count_targets(t);
  EXPECT_EQ(c.simulated, 2);
  EXPECT_EQ(c.inside, 1);
  EXPECT_EQ(c.held_out_inside, 1);
  EXPECT_EQ(c.outside, 1);
  EXPECT_EQ(c.not_comparable, 1);
  EXPECT_EQ(c.beyond_record, 1);
}

TEST(ValidationResults, TheTableHasARowAFigure) {
  const std::string csv = validation_csv(targets(), "coarse");
  EXPECT_TRUE(csv.starts_with("id,quantity,model,published,spread,tolerance,status,role,")) << csv;
  EXPECT_TRUE(has(csv, "\nT1,mean,12,10,3,3,inside,held_out,kPa,7,13,,,,coarse,\"curran2008\",\"\"\n")) << csv;
  EXPECT_TRUE(has(csv, "\nT3,order,,10,3,3,not_comparable,held_out,")) << csv;
  const std::string text = validation_text(targets());
  EXPECT_TRUE(has(text, "3 targets, 2 simulated: 1 inside (1 of them held out), 1 outside, 1 not comparable")) << text;
  EXPECT_TRUE(has(text, "not as recorded: T2 peak = 20 kPa")) << text;
}

TEST(ValidationResults, ThePageExplainsWhatIsOutside) {
  const std::string page = validation_page(targets(), "coarse");
  for (const char* part : {"| [T2](#t2) | area | training | outside |", "the model lacks friction", "pictures/T1.png", "10 ± 3", "7 to 13"})
    EXPECT_TRUE(has(page, part)) << part;
  EXPECT_FALSE(has(page, "pictures/T3.png"));
}

TEST(ValidationResults, PicturesAreDrawnForWhatHasAFigure) {
  const ScratchFolder folder;
  auto t = targets();
  t[0].quantities[0].accept_high = std::numeric_limits<double>::infinity();
  const std::string reason = draw_validation(t, folder.path());
  if (reason.find("Xvfb") != std::string::npos) GTEST_SKIP() << reason;
  EXPECT_EQ(reason, "");
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "T1.png"));
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "T2.png"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "T3.png"));
}

TEST(ValidationResults, ThePageNamesCaveatsWhereItCounts) {
  auto all = targets();
  const std::string page = validation_page(all, "coarse");
  EXPECT_TRUE(has(page, "(1 held out), 1 outside, 1 not comparable. Of those held out, T1 come with a caveat, told below.")) << page;
  EXPECT_TRUE(has(page, "*Caveat*: the band is wide"));
  all[0].caveat.clear();
  EXPECT_FALSE(has(validation_page(all, "coarse"), "aveat"));
}
