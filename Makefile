# `make packet` on a fresh Debian machine builds tokki and writes the papers of the sample contract.
# Every target installs what it lacks, after saying so in one line; the second time there is nothing to say.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := build
.PHONY: build build-preview packet preview test swift-tests test-long judges browser test-memory test-spark benchmark benchmark-counts benchmark-preview schema picture man completions format lint clean build-packages test-packages

tokki := .build/release/tokki
swift_files := Sources Tests Package.swift
# The programs, the Swift tests and the judges are of one build: nothing is compiled twice. `swift test` would give the same flag
# once more, which makes it another build.
configuration := --configuration release -debug-info-format none -Xswiftc -enable-testing
swift_build := swift build $(configuration)
# What ran, and how long it took.
reports := .build/reports

build_packages := libxml2-dev libyaml-dev libzip-dev nettle-dev pkg-config zlib1g-dev
test_packages := chromium chromium-headless-shell default-jre-headless docbook-xsl-ns docbook5-xml \
  fonts-ipafont fonts-ipamj-mincho fonts-noto-cjk hyperfine jing libreoffice-calc-nogui libxml2-utils pandoc poppler-utils \
  python3-venv strace unzip xsltproc

# A build that has nothing to do says nothing.
quietly := 2>&1 | sed -u -E '/^Building for production/d; /^Build of product .* complete/d; /^\[[0-9]+.[0-9]+\] (Planning|Write) /d; /^warning: .* which are unhandled;/d; /^ +.*\/checkouts\/.*\/CMakeLists.txt$$/d'

build: build-packages
	@$(swift_build) --product tokki $(quietly)

# With the server, which `tokki` itself does without.
build-preview: build
	@$(swift_build) --product tokki-preview $(quietly)

packet: build
	@$(tokki) packet Templates/kawasaki-1985/samples/contract.yaml

# The clerk's page in a browser, on the sample; Ctrl-C ends it.
preview: build-preview
	@$(tokki) preview Templates/kawasaki-1985/samples/contract.yaml

# What finds most faults a second. The judges judge what the release build writes while the Swift tests are compiled and run.
test: build-packages test-packages lint
	@mkdir -p $(reports)
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target judges swift-tests
	@$(MAKE) --no-print-directory browser

swift-tests: build-preview
	swift test $(configuration) --disable-testable-imports --xunit-output $(reports)/swift.xml
	@python3 Tests/slowest.py $(reports)/swift-swift-testing.xml

# All of it, at full size.
test-long: export TOKKI_THOROUGH := 1
test-long: test test-memory test-spark

# Everything that is not marked as long; with TOKKI_THOROUGH=1 that, too.
pytest = .venv/bin/python -m pytest -n 2 --dist worksteal $(if $(filter 1,$(TOKKI_THOROUGH)),,-m "not long") --junitxml $(reports)/$@.xml

# Programs of others judge what the release build writes: see Tests/Judges.
judges: build test-packages .venv/installed
	$(pytest) Tests/Judges

# The preview as its user's browser sees it, and as others would like to: see Tests/Browser.
browser: build-preview test-packages .venv/installed
	$(pytest) Tests/Browser

# The renderer, which writes without bounds, under address sanitizer.
memory := $(abspath .build/memory)
memory_flags := -O -sanitize=address -swift-version 6 -package-name tokki -parse-as-library -I $(memory) \
  $(foreach feature,ExistentialAny InternalImportsByDefault MemberImportVisibility,-enable-upcoming-feature $(feature))
memory_modules := Diagnostics=Sources/Diagnostics Records=Sources/Records TemplateRuntime=Sources/TemplateRuntime Fixtures=Tests/Fixtures
test-memory:
	@mkdir -p $(memory)
	@for module in $(memory_modules); do \
	  name=$${module%%=*}; \
	  swiftc $(memory_flags) -wmo -module-name $$name -emit-module -emit-module-path $(memory)/$$name.swiftmodule \
	    -c $$(find $${module#*=} -name '*.swift' ! -name Golden.swift) -o $(memory)/$$name.o; \
	done
	@swiftc $(subst -parse-as-library,,$(memory_flags)) -use-ld=lld Tests/Memory/main.swift $(memory)/*.o -o $(memory)/check
	@ASAN_OPTIONS=detect_leaks=0 $(memory)/check

# A Spark cluster on this machine, whose tasks and workers fail; no part of `make test`, for Spark is 500 MB.
test-spark: build .venv-spark/installed
	.venv-spark/bin/python -m pytest -s Tests/Distributed

# How fast tokki is beside other engines, and beside the least that each of its jobs can cost. No test: only ratios mean anything.
benchmark: build .build/release/Benchmarks .venv-benchmarks/installed
	@$(call apt_install,docbook5-xml gcc libssl-dev libxml2-utils)
	-@$(call apt_install,golang-github-valyala-quicktemplate-dev golang-go)
	@.venv-benchmarks/bin/python Tests/Benchmarks/benchmark.py

# Which of the hot paths take more instructions than Tests/Benchmarks/counts.txt says, or less, by 2 % or more.
benchmark-counts: .build/release/Benchmarks
	@$(call apt_install,binutils valgrind)
	@python3 Tests/Benchmarks/counts.py

# Of the same build: what the program has in common with the others is not compiled again.
.PHONY: .build/release/Benchmarks
.build/release/Benchmarks: build-packages
	@TOKKI_BENCHMARKS=1 $(swift_build) --product Benchmarks $(quietly)

# How long a clerk waits for her page, in Chromium. No test either.
benchmark-preview: build-preview test-packages .venv/installed
	@.venv/bin/python Tests/Benchmarks/preview.py

# The grammar of the template language in the syntax that libxml2 and editors read.
schema:
	@$(call apt_install,trang)
	@trang Templates/schema/template.rnc Templates/schema/template.rng

# The picture of README.md, after a change to the page.
picture: build-preview test-packages .venv/installed
	@$(call apt_install,pngquant)
	@.venv/bin/python Tests/Browser/picture.py .readme/page.png

# What a package installs besides the programs: .build/share is laid out as /usr/share is.
share := .build/share

# Of the words of --help. The date is that of the version: the same source has the same page.
man: build
	@$(swift_build) --product generate-manual $(quietly)
	@mkdir -p $(share)/man/man1
	@.ci/manual .build/release/generate-manual $(tokki) 2026-11-30 > $(share)/man/man1/tokki.1

completions: build
	@mkdir -p $(share)/bash-completion/completions $(share)/zsh/site-functions $(share)/fish/vendor_completions.d
	@$(tokki) --generate-completion-script bash > $(share)/bash-completion/completions/tokki
	@$(tokki) --generate-completion-script zsh > $(share)/zsh/site-functions/_tokki
	@$(tokki) --generate-completion-script fish > $(share)/fish/vendor_completions.d/tokki.fish

format:
	@swift format --in-place --recursive --parallel $(swift_files)

lint:
	@swift format lint --strict --recursive --parallel $(swift_files)

clean:
	rm -rf .build .venv .venv-benchmarks .venv-spark

build-packages test-packages: %-packages:
	@$(call apt_install,$($*_packages))

.venv/installed: Tests/Judges/requirements.txt | test-packages
	@echo "Installing the judges' Python packages into .venv"
	@/usr/bin/python3 -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

.venv-benchmarks/installed: Tests/Benchmarks/requirements.txt
	@$(call apt_install,python3-venv)
	@echo "Installing the engines of others into .venv-benchmarks"
	@/usr/bin/python3 -m venv .venv-benchmarks
	@.venv-benchmarks/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

.venv-spark/installed: Tests/Distributed/requirements.txt
	@$(call apt_install,default-jre-headless python3-venv)
	@echo "Installing Spark into .venv-spark"
	@/usr/bin/python3 -m venv .venv-spark
	@.venv-spark/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

# $(call apt_install,packages): installs those that are missing. The list of packages is fetched
# anew only if the present one does not serve.
sudo := $(if $(filter-out 0,$(shell id -u)),sudo)
apt_get = $(sudo) env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300
define apt_install
installed=$$(dpkg-query --show --showformat '$${Package} $${db:Status-Abbrev}\n' $(1) 2>/dev/null | sed -n 's/ [ih]i *$$//p' || true); \
missing=$$(comm -23 <(printf '%s\n' $(1) | sort) <(sort <<< "$$installed") | xargs); \
if [ -n "$$missing" ]; then \
  echo "Installing with apt: $$missing"; \
  log=$$(mktemp); \
  install="$(apt_get) install --yes --no-install-recommends $$missing"; \
  $$install > "$$log" 2>&1 || { $(apt_get) update > "$$log" 2>&1 && $$install > "$$log" 2>&1; } || { cat "$$log" >&2; exit 1; }; \
  rm -f "$$log"; \
fi
endef
