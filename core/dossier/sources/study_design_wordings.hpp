// By which words a study design, the kind of a source and what was studied are known: tables, in the notation of cue_phrases.hpp.
#pragma once

#include <array>
#include <string_view>

namespace dossier::sources::design_wordings {

using Words = std::string_view;

// Strongest claim to the whole text first: a protocol of a trial is a protocol, a review of trials is a review.
inline constexpr auto design_names = std::to_array<Words>(
    {"protocol", "meta-analysis", "systematic review", "scoping review", "guideline", "case report", "case series",
     "randomised trial", "clinical trial", "case-control study", "cross-sectional study", "cohort study",
     "modelling study", "qualitative study", "narrative review"});

enum class Cue {
    name,        // names the design; counts by what stands around it
    title_name,  // names it, but only in a title
    deed         // what only such a study does
};

struct DesignCue {
    Words design;
    Cue kind;
    Words wording;
};

inline constexpr auto design_cues = std::to_array<DesignCue>({
    {"protocol", Cue::title_name, "study|trial|review protocol"},
    {"protocol", Cue::title_name, "protocol for|of _2"},
    {"protocol", Cue::title_name, "rationale _2 design"},
    {"protocol", Cue::deed, "this|the|study protocol describes|presents|outlines"},
    {"systematic review", Cue::name, "systematic _3 review"},
    {"systematic review", Cue::name, "systematic _2 overview"},
    {"systematic review", Cue::name, "systematic literature review"},
    {"systematic review", Cue::name, "umbrella review"},
    {"systematic review", Cue::name, "cochrane review"},
    {"systematic review", Cue::deed,
     "we|authors _1 searched _9 pubmed|medline|embase|cochrane|databases|psycinfo|cinahl"},
    {"systematic review", Cue::deed, "pubmed|medline|embase|databases|cinahl _8 were|was _2 searched"},
    {"systematic review", Cue::deed, "search|searches of pubmed|medline|embase"},
    {"systematic review", Cue::deed, "we searched _4 literature"},
    {"systematic review", Cue::deed, "studies|trials|articles|records met _3 inclusion criteria"},
    {"systematic review", Cue::deed, "reviewers|authors independently screened|extracted|selected|assessed"},
    {"systematic review", Cue::deed, "reviewers screened|extracted"},
    {"systematic review", Cue::deed, "prisma"},
    {"meta-analysis", Cue::name, "meta analysis"},
    {"meta-analysis", Cue::name, "metaanalysis"},
    {"meta-analysis", Cue::name, "meta analytic review"},
    {"meta-analysis", Cue::deed, "random|fixed effects meta analysis"},
    {"scoping review", Cue::name, "scoping review"},
    {"guideline", Cue::title_name, "practice guideline|guidelines"},
    {"guideline", Cue::title_name, "guideline|guidelines for|on"},
    {"guideline", Cue::title_name, "consensus statement|guideline|guidelines|recommendations"},
    {"guideline", Cue::title_name, "position statement|paper"},
    {"guideline", Cue::deed, "this guideline _6 recommend*|covers|provides|was|is|aims"},
    {"guideline", Cue::deed, "guideline panel|committee|group recommend*|suggest*|agreed|developed"},
    {"randomised trial", Cue::name, "randomi* _5 trial"},
    {"randomised trial", Cue::name, "randomi* _4 study"},
    {"randomised trial", Cue::name, "randomi* _3 comparison|experiment|crossover|evaluation"},
    {"randomised trial", Cue::name, "random allocation|assignment _2 trial|study"},
    {"randomised trial", Cue::name, "rct"},
    {"randomised trial", Cue::name, "placebo controlled _3 trial|study"},
    {"randomised trial", Cue::name, "double blind _5 trial|study"},
    {"randomised trial", Cue::deed, "we|authors|investigators randomi*"},
    {"randomised trial", Cue::deed, "we _2 random* assigned|allocated|divided|split|distributed"},
    {"randomised trial", Cue::deed,
     "patients|participants|subjects|women|men|children|adults|volunteers|individuals|infants|couples|practices|"
     "clinics|"
     "schools|students|people|mothers|adolescents|girls|boys|nurses|families|villages|households|eyes|centres|centers "
     "_7 "
     "were|was _2 randomi*"},
    {"randomised trial", Cue::deed,
     "were|was random* _2 assigned|allocated|divided|split|distributed to|into|in|between"},
    {"randomised trial", Cue::deed, "random* assigned|allocated to|into|in"},
    {"randomised trial", Cue::deed, "were|was randomi* to|into|in|within|and"},
    {"randomised trial", Cue::deed, "randomi* # 1"},
    {"randomised trial", Cue::deed, "random* allocation|assignment|assignments to|of"},
    {"randomised trial", Cue::deed, "assigned|allocated _3 at random"},
    {"randomised trial", Cue::deed, "# _4 randomi* to|into"},
    {"randomised trial", Cue::deed, "double blind _2 random*"},
    {"randomised trial", Cue::deed, "random* double blind"},
    {"clinical trial", Cue::name, "non|not|un random* _3 trial"},
    {"clinical trial", Cue::name, "nonrandom* _3 trial"},
    {"clinical trial", Cue::name, "single arm _4 trial|study"},
    {"clinical trial", Cue::name, "open label _4 trial|study"},
    {"clinical trial", Cue::name, "phase #|i|ii|iii|iv _3 trial|study"},
    {"clinical trial", Cue::name, "phase 1b|2a|2b|3b|iia|iib|iiib _3 trial|study"},
    {"clinical trial", Cue::name, "clinical trial"},
    {"clinical trial", Cue::name, "pilot trial"},
    {"case-control study", Cue::name, "case control _2 study|design|analysis"},
    {"case-control study", Cue::name, "case referent study"},
    {"case-control study", Cue::deed, "# _3 cases and # _3 controls"},
    {"cross-sectional study", Cue::name, "cross sectional _3 study|survey|analysis|design|sample|data"},
    {"cross-sectional study", Cue::name, "prevalence study|survey"},
    {"cohort study", Cue::name, "cohort _2 study|analysis|design"},
    {"cohort study", Cue::name, "prospective|retrospective|longitudinal|observational|birth|registry _3 cohort|study"},
    {"cohort study", Cue::name, "follow up study"},
    {"cohort study", Cue::name, "longitudinal _2 study|analysis|survey"},
    {"cohort study", Cue::deed, "our|this|the study cohort comprised|included|consisted"},
    {"cohort study", Cue::deed, "our|this|the cohort comprised|included|consisted"},
    {"cohort study", Cue::deed, "we followed _8 years|months"},
    {"cohort study", Cue::deed, "we followed them _2 up"},
    {"cohort study", Cue::deed, "were|was followed _3 for|until _4 years|months"},
    {"cohort study", Cue::deed, "person years"},
    {"cohort study", Cue::deed, "we retrospectively|prospectively"},
    {"case report", Cue::name, "case report"},
    {"case report", Cue::title_name, "report of a|one|two|# case|cases"},
    {"case report", Cue::deed, "we _1 report|present|describe a|an|the|one|this _3 case|patient of|with|in|who"},
    {"case report", Cue::deed, "we _1 report|present|describe _2 case of"},
    {"case report", Cue::deed,
     "# year old _5 man|woman|boy|girl|male|female|patient|infant|child|lady|gentleman _5 "
     "presented|admitted|referred|developed|diagnosed"},
    {"case series", Cue::name, "case series"},
    {"case series", Cue::deed,
     "we report|present|describe _1 #|two|three|four|five|six|seven|eight|nine|ten|twelve _2 "
     "cases|patients"},
    {"modelling study", Cue::name,
     "modelling|modeling|simulation|microsimulation|mathematical|decision _1 study|model|analysis"},
    {"modelling study", Cue::name, "markov model"},
    {"modelling study", Cue::name, "cost effectiveness|utility _1 analysis|model|study"},
    {"modelling study", Cue::deed, "we _3 modelled|modeled|simulated"},
    {"qualitative study", Cue::name, "qualitative _2 study|research|analysis|interview"},
    {"qualitative study", Cue::name, "grounded theory|focus group study"},
    {"qualitative study", Cue::deed, "semi structured _3 interviews"},
    {"qualitative study", Cue::deed, "focus group|groups discussions|interviews"},
    {"qualitative study", Cue::deed, "thematic analysis"},
    {"narrative review", Cue::name, "narrative|literature|selective|critical|brief|mini review"},
    {"narrative review", Cue::title_name, "a _2 review"},
    {"narrative review", Cue::title_name, "review of"},
    {"narrative review", Cue::deed, "in this _2 review"},
    {"narrative review", Cue::deed,
     "this _1 review|article|paper|chapter reviews|discusses|summari*|describes|focuses|examines"},
    {"narrative review", Cue::deed, "we _1 review|reviewed|summari* _5 literature|evidence|knowledge|studies|advances"},
    {"narrative review", Cue::deed, "are|is reviewed _2 here|and|in"},
});

struct StatedType {
    Words type;  // as comparable(), the start of what is stated
    Words design;
};

// Publication types of MEDLINE, Embase and Web of Science. The strongest design first; "review" and "clinical trial" last, since
// records carry them beside a closer one.
inline constexpr auto stated_types = std::to_array<StatedType>({
    {"clinical trial protocol", "protocol"},
    {"meta-analysis", "meta-analysis"},
    {"network meta-analysis", "meta-analysis"},
    {"meta analysis", "meta-analysis"},
    {"systematic review", "systematic review"},
    {"scoping review", "scoping review"},
    {"practice guideline", "guideline"},
    {"guideline", "guideline"},
    {"consensus development conference", "guideline"},
    {"randomized controlled trial, veterinary", "animal study"},
    {"clinical trial, veterinary", "animal study"},
    {"observational study, veterinary", "animal study"},
    {"randomized controlled trial", "randomised trial"},
    {"randomised controlled trial", "randomised trial"},
    {"equivalence trial", "randomised trial"},
    {"case reports", "case report"},
    {"case report", "case report"},
    {"editorial", "opinion"},
    {"comment", "opinion"},
    {"letter", "opinion"},
    {"interview", "opinion"},
    {"personal narrative", "opinion"},
    {"news", "news report"},
    {"newspaper article", "news report"},
    {"patient education handout", "health information page"},
    {"preprint", "preprint"},
    {"review", "narrative review"},
    {"controlled clinical trial", "clinical trial"},
    {"pragmatic clinical trial", "clinical trial"},
    {"adaptive clinical trial", "clinical trial"},
    {"clinical trial", "clinical trial"},
    {"clinical study", "clinical trial"},
});

// MeSH headings that name a design of the study itself when no publication type does.
inline constexpr auto heading_designs = std::to_array<StatedType>({
    {"case-control studies", "case-control study"},
    {"cross-sectional studies", "cross-sectional study"},
    {"cohort studies", "cohort study"},
    {"prospective studies", "cohort study"},
    {"retrospective studies", "cohort study"},
    {"longitudinal studies", "cohort study"},
    {"follow-up studies", "cohort study"},
});

inline constexpr auto own_words = std::to_array<Words>({"this", "our", "present", "current", "here"});
inline constexpr auto own_verbs =
    std::to_array<Words>({"conducted", "performed", "did", "undertook", "carried", "report", "present", "completed",
                          "designed", "describe", "used", "analysed", "analyzed", "ran", "initiated", "reviewed"});
inline constexpr auto done_verbs = std::to_array<Words>(
    {"conducted", "performed", "carried", "undertaken", "done", "designed", "initiated", "completed", "set"});
inline constexpr auto labels =
    std::to_array<Words>({"design", "methods", "method", "study", "trial", "type", "setting", "participants",
                          "background", "objective", "a", "an", "and", "of", "materials"});

inline constexpr auto first_person_wordings = std::to_array<Words>({
    "we _2 "
    "conducted|performed|did|enrolled|recruited|randomi*|assigned|allocated|investigated|examined|studied|assessed|"
    "evaluated|measured|analysed|analyzed|compared|tested|treated|fed|exposed|followed|searched|pooled|included|report|"
    "reported|"
    "describe|found|observed|used|surveyed|interviewed|held|aimed|sought|hypothesi*|estimated|identified|screened|"
    "raised|"
    "collected|determined|gave|show|present|review|reviewed|summarise|summarize|discuss|asked|kept|trained|injected|"
    "killed|"
    "recorded|obtained|developed|isolated|cultured|administered|imaged|implanted|sequenced|modelled|modeled|calculated",
    "our|present|current study|trial|results|findings|analysis|cohort|meta|review|data|experiments",
    "this study|trial|paper|review|article _2 "
    "was|aimed|investigated|examined|evaluated|assessed|reviews|compared|describes",
    "aim|aims|objective|purpose of this|the|our|present study|trial|review|work|paper",
});

inline constexpr auto reporting_wordings = std::to_array<Words>({
    "researchers|scientists|investigators|experts at|from",
    "a|the new|recent|latest study|trial|research|analysis|review|paper|report _3",
    "the researchers",
    "the scientists",
    "the team",
    "study's authors|author",
    "lead|senior author|researcher|investigator",
    "published _3 in the journal",
    "published _2 in _4 journal|lancet|nature|science|jama|bmj|cell|plos",
    "study|trial|findings|research|results published",
    "the study|trial|findings _2 appeared|appear|published",
    "the study found|showed|shows|suggests|followed|included|says",
    "according to the|a new|study|research|report|researchers",
    "told reporters|reuters|the|cnn|afp",
    "said in a statement|release|press|interview",
    "spokesman|spokeswoman|spokesperson",
    "new research",
    "professor|dr|who|he|she|they said",
    "said dr|professor|prof|lead|the|study",
    "not involved in|with the|this study|research|work",
    "researchers|scientists|team said|say|found|report|reported|noticed|concluded|discovered",
});

inline constexpr auto opinion_wordings = std::to_array<Words>({
    "in my view|opinion|experience",
    "i think|believe|argue|suspect|hope|fear|wonder",
    "views|opinions expressed _6 author*|own",
    "views|opinions are _3 own",
    "opinion|commentary piece",
    "op ed",
});
inline constexpr auto opinion_starts =
    std::to_array<Words>({"opinion", "editorial", "commentary", "viewpoint", "perspective", "letter to the editor",
                          "comment", "op-ed", "column", "guest post"});

inline constexpr auto information_headings = std::to_array<Words>({
    "symptoms|signs _2 of",
    "symptoms",
    "what is|are",
    "what causes",
    "causes",
    "causes of",
    "risk factors",
    "risks _4",
    "treatment|treatments _4",
    "diagnosis",
    "when to see|call|seek|get",
    "prevention",
    "how is|are|do|does _9",
    "side effects _3",
    "dosage",
    "frequently asked questions",
    "faq|faqs",
    "seeking help _3",
    "complications",
    "how _4 works|work",
    "how addictive|common|serious|dangerous _4",
    "why is|are|do|does _9",
    "understanding _4",
    "mechanism of action",
    "outlook",
    "overview",
    "key takeaways|points|facts",
    "can|is|are _5",
});

inline constexpr auto preprint_wordings = std::to_array<Words>({
    "this _3 preprint",
    "preprint has not|yet been",
    "has|have not _1 been _1 certified by peer review",
    "this|article|work|manuscript is a preprint",
});
inline constexpr auto preprint_dois =
    std::to_array<Words>({"10.1101/20", "10.20944/preprints", "10.21203/rs", "10.31234/osf", "10.31219/osf",
                          "10.31222/osf", "10.26434/chemrxiv", "10.48550/arxiv", "10.2139/ssrn"});

inline constexpr auto digest_wordings = std::to_array<Words>({
    "daily|latest|breaking|top|trending|hourly|world news|headlines|stories",
    "source for _2 news",
    "updated hourly|daily _3",
    "news aggregator|feed|roundup|digest",
});
inline constexpr auto pointer_wordings = std::to_array<Words>(
    {"read more|on at", "read the _2 full|original|rest _4", "continue reading at|on", "full story at|on"});

inline constexpr auto animal_wordings = std::to_array<Words>({
    "mice|mouse|rats|murine|rodent|rodents|zebrafish|macaque|macaques|rhesus|monkeys|rabbit|rabbits|piglet|piglets|pig|"
    "pigs",
    "rat model|were|was|fed|brain|brains",
    "dog|dogs|canine|canines|puppy|puppies|spaniel|spaniels|beagle|beagles|bulldog|bulldogs|retriever|retrievers|"
    "terriers",
    "cat|cats|feline|kitten|kittens|horse|horses|equine|cow|cows|cattle|bovine|calves|swine|porcine|sheep|ovine|lambs|"
    "goats",
    "hamster|hamsters|ferret|ferrets|chicken|chickens|chicks|broilers|poultry|drosophila|elegans|xenopus|tadpoles",
    "guinea pigs",
    "animal model|models|experiment|experiments|study|studies",
    "c57bl|balb|wistar",
    "sprague dawley",
    "veterinary",
});
// Acted upon or counted: the subjects of the study, not those whom it is meant for.
inline constexpr auto human_wordings = std::to_array<Words>({
    "#|hundred|thousand|million _4 "
    "patients|participants|adults|children|men|women|people|volunteers|subjects|infants|students|"
    "adolescents|pupils|persons|nurses|boys|girls|drivers|teenagers|individuals|veterans|athletes|workers",
    "participant|participants",
    "patients|women|men|children|adults|infants|subjects|adolescents|volunteers _3 "
    "were|was|received|underwent|gave|completed|undergoing|with",
    "volunteer|volunteers",
    "pregnant women",
    "# year old _4 man|woman|boy|girl|patient|child|infant|lady|gentleman|adult|student|volunteer",
    "we enrolled|recruited|followed|interviewed|surveyed _5 patients|adults|men|women|children|people|students",
    "healthy adults|children|men|women|subjects",
    "human subjects",
});
inline constexpr auto human_title_words = std::to_array<Words>({
    "patients|adults|children|men|women|people|participants|volunteers|infants|adolescents|humans|students|workers|"
    "nurses",
    "older|young adults|people",
});
inline constexpr auto vitro_wordings = std::to_array<Words>({
    "in vitro",
    "cell|cells culture|cultures|line|lines",
    "cultured _3 cells",
    "cells _2 cultured",
    "hela",
    "hek293",
});

}  // namespace dossier::sources::design_wordings
