package ciservice

// services are all services but GitHub Actions, which package ghactions speaks with, in env-ci's order.
var services = []service{
	{
		id: "appveyor", name: "Appveyor", is: [2]string{"APPVEYOR"}, pr: []string{"APPVEYOR_PULL_REQUEST_NUMBER"},
		branch: []string{"APPVEYOR_REPO_BRANCH"}, target: []string{"APPVEYOR_REPO_BRANCH"}, source: []string{"APPVEYOR_PULL_REQUEST_HEAD_REPO_BRANCH"},
		tag: []string{"APPVEYOR_REPO_TAG_NAME"}, commit: []string{"APPVEYOR_REPO_COMMIT"}, build: []string{"APPVEYOR_BUILD_NUMBER"},
	},
	{
		id: "azurePipelines", name: "Azure Pipelines", is: [2]string{"BUILD_BUILDURI"}, pr: []string{"SYSTEM_PULLREQUEST_PULLREQUESTID"},
		branch: []string{"BUILD_SOURCEBRANCH"}, target: []string{"SYSTEM_PULLREQUEST_TARGETBRANCH"}, source: []string{"SYSTEM_PULLREQUEST_SOURCEBRANCH"},
		commit: []string{"BUILD_SOURCEVERSION"}, build: []string{"BUILD_BUILDNUMBER"},
	},
	{
		id: "bamboo", name: "Bamboo", is: [2]string{"bamboo_agentId"}, branch: []string{"bamboo_planRepository_1_branchName"},
		commit: []string{"bamboo_planRepository_1_revision"}, build: []string{"bamboo_buildNumber"}, url: []string{"bamboo_buildResultsUrl"},
	},
	{
		id: "bitbucket", name: "Bitbucket Pipelines", is: [2]string{"BITBUCKET_BUILD_NUMBER"}, branch: []string{"BITBUCKET_BRANCH"},
		tag: []string{"BITBUCKET_TAG"}, commit: []string{"BITBUCKET_COMMIT"}, build: []string{"BITBUCKET_BUILD_NUMBER"},
	},
	{
		id: "bitrise", name: "Bitrise", is: [2]string{"BITRISE_IO"}, pr: []string{"BITRISE_PULL_REQUEST"},
		branch: []string{"BITRISE_GIT_BRANCH"}, target: []string{"BITRISEIO_GIT_BRANCH_DEST"}, source: []string{"BITRISE_GIT_BRANCH"},
		tag: []string{"BITRISE_GIT_TAG"}, commit: []string{"BITRISE_GIT_COMMIT"}, build: []string{"BITRISE_BUILD_NUMBER"}, url: []string{"BITRISE_BUILD_URL"},
	},
	{
		id: "buddy", name: "Buddy", is: [2]string{"BUDDY_WORKSPACE_ID"}, pr: []string{"BUDDY_EXECUTION_PULL_REQUEST_ID"},
		branch: []string{"BUDDY_EXECUTION_BRANCH"}, target: []string{"BUDDY_EXECUTION_PULL_REQUEST_HEAD_BRANCH"},
		tag: []string{"BUDDY_EXECUTION_TAG"}, commit: []string{"BUDDY_EXECUTION_REVISION"}, build: []string{"BUDDY_EXECUTION_ID"}, url: []string{"BUDDY_EXECUTION_URL"},
	},
	{
		id: "buildkite", name: "Buildkite", is: [2]string{"BUILDKITE"}, pr: []string{"BUILDKITE_PULL_REQUEST"},
		branch: []string{"BUILDKITE_BRANCH"}, target: []string{"BUILDKITE_PULL_REQUEST_BASE_BRANCH"}, source: []string{"BUILDKITE_BRANCH"},
		tag: []string{"BUILDKITE_TAG"}, commit: []string{"BUILDKITE_COMMIT"}, build: []string{"BUILDKITE_BUILD_NUMBER"}, url: []string{"BUILDKITE_BUILD_URL"},
	},
	{
		id: "circleci", name: "CircleCI", is: [2]string{"CIRCLECI"}, pr: []string{"CIRCLE_PR_NUMBER", "CIRCLE_PULL_REQUEST", "CI_PULL_REQUEST"},
		branch: []string{"CIRCLE_BRANCH"}, source: []string{"CIRCLE_BRANCH"},
		tag: []string{"CIRCLE_TAG"}, commit: []string{"CIRCLE_SHA1"}, build: []string{"CIRCLE_BUILD_NUM"}, url: []string{"CIRCLE_BUILD_URL"},
	},
	{
		id: "cirrus", name: "Cirrus CI", is: [2]string{"CIRRUS_CI"}, pr: []string{"CIRRUS_PR"},
		branch: []string{"CIRRUS_BRANCH"}, target: []string{"CIRRUS_BASE_BRANCH"}, source: []string{"CIRRUS_BRANCH"},
		tag: []string{"CIRRUS_TAG"}, commit: []string{"CIRRUS_CHANGE_IN_REPO"}, build: []string{"CIRRUS_BUILD_ID"},
	},
	{id: "cloudflarePages", name: "Cloudflare Pages", is: [2]string{"CF_PAGES", "1"}, branch: []string{"CF_PAGES_BRANCH"}, commit: []string{"CF_PAGES_COMMIT_SHA"}},
	{id: "codebuild", name: "AWS CodeBuild", is: [2]string{"CODEBUILD_BUILD_ID"}, build: []string{"CODEBUILD_BUILD_ID"}},
	{
		id: "codefresh", name: "Codefresh", is: [2]string{"CF_BUILD_ID"}, pr: []string{"CF_PULL_REQUEST_NUMBER"},
		branch: []string{"CF_BRANCH"}, target: []string{"CF_PULL_REQUEST_TARGET"}, source: []string{"CF_BRANCH"},
		commit: []string{"CF_REVISION"}, build: []string{"CF_BUILD_ID"}, url: []string{"CF_BUILD_URL"},
	},
	{
		id: "codeship", name: "Codeship", is: [2]string{"CI_NAME", "codeship"}, branch: []string{"CI_BRANCH"},
		commit: []string{"CI_COMMIT_ID"}, build: []string{"CI_BUILD_NUMBER"}, url: []string{"CI_BUILD_URL"},
	},
	{
		id: "drone", name: "Drone", is: [2]string{"DRONE"}, prIs: [2]string{"DRONE_BUILD_EVENT", "pull_request"},
		branch: []string{"DRONE_BRANCH"}, target: []string{"DRONE_TARGET_BRANCH"}, source: []string{"DRONE_SOURCE_BRANCH"},
		tag: []string{"DRONE_TAG"}, commit: []string{"DRONE_COMMIT_SHA"}, build: []string{"DRONE_BUILD_NUMBER"}, url: []string{"DRONE_BUILD_LINK"},
	},
	{
		id: "gitlab", name: "GitLab CI/CD", is: [2]string{"GITLAB_CI"}, pr: []string{"CI_MERGE_REQUEST_ID"},
		branch: []string{"CI_COMMIT_REF_NAME"}, target: []string{"CI_MERGE_REQUEST_TARGET_BRANCH_NAME"}, source: []string{"CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"},
		tag: []string{"CI_COMMIT_TAG"}, commit: []string{"CI_COMMIT_SHA"}, build: []string{"CI_PIPELINE_ID"}, url: []string{"CI_PIPELINE_URL"},
	},
	{
		id: "jenkins", name: "Jenkins", is: [2]string{"JENKINS_URL"}, pr: []string{"ghprbPullId", "gitlabMergeRequestId", "CHANGE_ID"},
		branch: []string{"GIT_LOCAL_BRANCH", "GIT_BRANCH", "gitlabBranch", "BRANCH_NAME"}, target: []string{"ghprbTargetBranch", "gitlabTargetBranch"},
		source: []string{"ghprbSourceBranch", "gitlabSourceBranch", "GIT_LOCAL_BRANCH", "GIT_BRANCH", "gitlabBranch", "BRANCH_NAME"},
		commit: []string{"ghprbActualCommit", "GIT_COMMIT"}, build: []string{"BUILD_NUMBER"}, url: []string{"BUILD_URL"},
	},
	{
		id: "netlify", name: "Netlify", is: [2]string{"NETLIFY", "true"}, prIs: [2]string{"PULL_REQUEST", "true"},
		branch: []string{"HEAD"}, source: []string{"HEAD"}, commit: []string{"COMMIT_REF"}, build: []string{"DEPLOY_ID"},
	},
	{
		id: "puppet", name: "Puppet", is: [2]string{"DISTELLI_APPNAME"}, branch: []string{"DISTELLI_RELBRANCH"},
		commit: []string{"DISTELLI_RELREVISION"}, build: []string{"DISTELLI_BUILDNUM"}, url: []string{"DISTELLI_RELEASE"},
	},
	{id: "sail", name: "Sail CI", is: [2]string{"SAILCI"}, pr: []string{"SAIL_PULL_REQUEST_NUMBER"}, branch: []string{"SAIL_COMMIT_BRANCH"}, commit: []string{"SAIL_COMMIT_SHA"}},
	{
		id: "screwdriver", name: "Screwdriver.cd", is: [2]string{"SCREWDRIVER"}, pr: []string{"SD_PULL_REQUEST"},
		branch: []string{"GIT_BRANCH"}, target: []string{"PR_BASE_BRANCH_NAME"}, source: []string{"PR_BRANCH_NAME"},
		commit: []string{"SD_BUILD_SHA"}, build: []string{"SD_BUILD_ID"}, url: []string{"SD_UI_BUILD_URL"},
	},
	{
		id: "scrutinizer", name: "Scrutinizer", is: [2]string{"SCRUTINIZER"}, pr: []string{"SCRUTINIZER_PR_NUMBER"},
		branch: []string{"SCRUTINIZER_BRANCH"}, target: []string{"SCRUTINIZER_BRANCH"}, source: []string{"SCRUTINIZER_PR_SOURCE_BRANCH"},
		commit: []string{"SCRUTINIZER_SHA1"}, build: []string{"SCRUTINIZER_INSPECTION_UUID"},
	},
	{
		id: "semaphore", name: "Semaphore", is: [2]string{"SEMAPHORE"}, pr: []string{"SEMAPHORE_GIT_PR_NUMBER", "PULL_REQUEST_NUMBER"},
		branch: []string{"SEMAPHORE_GIT_BRANCH", "BRANCH_NAME"}, target: []string{"SEMAPHORE_GIT_BRANCH"}, source: []string{"SEMAPHORE_GIT_PR_BRANCH", "BRANCH_NAME"},
		tag: []string{"SEMAPHORE_GIT_TAG_NAME"}, commit: []string{"SEMAPHORE_GIT_SHA"}, build: []string{"SEMAPHORE_JOB_ID", "SEMAPHORE_BUILD_NUMBER"},
	},
	{
		id: "shippable", name: "Shippable", is: [2]string{"SHIPPABLE"}, prIs: [2]string{"IS_PULL_REQUEST", "true"},
		branch: []string{"BRANCH"}, target: []string{"BASE_BRANCH"}, source: []string{"HEAD_BRANCH"},
		tag: []string{"GIT_TAG_NAME"}, commit: []string{"COMMIT"}, build: []string{"BUILD_NUMBER"}, url: []string{"BUILD_URL"},
	},
	{id: "teamcity", name: "TeamCity", is: [2]string{"TEAMCITY_VERSION"}, commit: []string{"BUILD_VCS_NUMBER"}, build: []string{"BUILD_NUMBER"}},
	{
		id: "travis", name: "Travis CI", is: [2]string{"TRAVIS"}, pr: []string{"TRAVIS_PULL_REQUEST"},
		branch: []string{"TRAVIS_BRANCH"}, target: []string{"TRAVIS_BRANCH"}, source: []string{"TRAVIS_PULL_REQUEST_BRANCH"},
		tag: []string{"TRAVIS_TAG"}, commit: []string{"TRAVIS_COMMIT"}, build: []string{"TRAVIS_BUILD_NUMBER"}, url: []string{"TRAVIS_BUILD_WEB_URL"},
	},
	{
		id: "vela", name: "Vela", is: [2]string{"VELA"}, prIs: [2]string{"VELA_BUILD_EVENT", "pull_request"},
		branch: []string{"VELA_BUILD_BRANCH"}, target: []string{"VELA_PULL_REQUEST_TARGET"}, source: []string{"VELA_PULL_REQUEST_SOURCE"},
		tag: []string{"VELA_BUILD_TAG"}, commit: []string{"VELA_BUILD_COMMIT"}, build: []string{"VELA_BUILD_NUMBER"}, url: []string{"VELA_BUILD_LINK"},
	},
	{id: "vercel", name: "Vercel", is: [2]string{"VERCEL"}, branch: []string{"VERCEL_GIT_COMMIT_REF"}, commit: []string{"VERCEL_GIT_COMMIT_SHA"}},
	{id: "vercel", name: "Vercel", is: [2]string{"NOW_GITHUB_DEPLOYMENT"}, branch: []string{"NOW_GITHUB_COMMIT_REF"}, commit: []string{"NOW_GITHUB_COMMIT_SHA"}},
	{
		id: "wercker", name: "Wercker", is: [2]string{"WERCKER_MAIN_PIPELINE_STARTED"}, branch: []string{"WERCKER_GIT_BRANCH"},
		commit: []string{"WERCKER_GIT_COMMIT"}, build: []string{"WERCKER_MAIN_PIPELINE_STARTED"}, url: []string{"WERCKER_RUN_URL"},
	},
	{
		id: "woodpecker", name: "Woodpecker CI", is: [2]string{"CI", "woodpecker"}, prIs: [2]string{"CI_PIPELINE_EVENT", "pull_request"},
		branch: []string{"CI_COMMIT_BRANCH"}, target: []string{"CI_COMMIT_TARGET_BRANCH"}, source: []string{"CI_COMMIT_SOURCE_BRANCH"},
		tag: []string{"CI_COMMIT_TAG"}, commit: []string{"CI_COMMIT_SHA"}, build: []string{"CI_PIPELINE_NUMBER"}, url: []string{"CI_PIPELINE_URL"},
	},
	{
		id: "jetbrainsSpace", name: "JetBrains Space", is: [2]string{"JB_SPACE_EXECUTION_NUMBER"}, branch: []string{"JB_SPACE_GIT_BRANCH"},
		commit: []string{"JB_SPACE_GIT_REVISION"}, build: []string{"JB_SPACE_EXECUTION_NUMBER"},
	},
}
