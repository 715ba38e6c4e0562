#include "scenarios/worker_pool.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <map>

using namespace nerveload;

namespace {

/// The answers to groups of tasks, by task.
std::map<std::string, WorkerAnswer> answers(const WorkerPool::Work& work, int workers, const std::vector<std::vector<std::string>>& groups) {
  std::map<std::string, WorkerAnswer> all;
  WorkerPool pool(work, {workers, {}, [&](const WorkerAnswer& a) { all[a.task] = a; }, {}});
  for (const auto& group : groups) EXPECT_TRUE(pool.submit(group));
  EXPECT_TRUE(pool.drain());
  return all;
}

}  // namespace

TEST(WorkerPool, TasksOfAGroupGoToOneProcessWhichKeepsWhatItHas) {
  const auto work = [before = std::string()](const std::string& task) mutable { return before += task; };
  const auto all = answers(work, 2, {{"a", "b", "c"}, {"x", "y"}});
  EXPECT_EQ(all.at("c").answer.substr(all.at("c").answer.size() - 3), "abc");
  EXPECT_EQ(all.at("y").answer.substr(all.at("y").answer.size() - 2), "xy");
  EXPECT_EQ(all.size(), 5u);
}

TEST(WorkerPool, AProcessThatEndsIsToldInWordsAndTheRestOfItsGroupGoesOn) {
  const auto work = [](const std::string& task) {
    if (task == "fault") std::abort();
    if (task == "exit") _exit(3);
    if (task == "throw") throw std::runtime_error("said in\ntwo lines");
    return "done " + task;
  };
  const auto all = answers(work, 1, {{"a", "fault", "b", "exit", "throw", "c"}});
  EXPECT_EQ(all.at("a").answer, "done a");
  EXPECT_NE(all.at("fault").failure.find("signal 6"), std::string::npos) << all.at("fault").failure;
  EXPECT_TRUE(all.at("fault").answer.empty());
  EXPECT_EQ(all.at("b").answer, "done b");
  EXPECT_EQ(all.at("exit").failure, "its process ended with status 3");
  EXPECT_EQ(all.at("throw").failure, "said in\ntwo lines");
  EXPECT_EQ(all.at("c").answer, "done c");
}

/// `timeout`, Ctrl-C and the end of a cluster's job send them to all processes: a point would count as failed.
TEST(WorkerPool, WhatStopsTheProgramStopsNoWorker) {
  const auto all = answers([](const std::string& task) { return kill(getpid(), std::stoi(task)), std::string("alive"); }, 1,
                           {{std::to_string(SIGINT), std::to_string(SIGTERM)}});
  for (const auto& [task, answer] : all) EXPECT_EQ(answer.answer, "alive") << task << answer.failure;
  EXPECT_EQ(all.size(), 2u);
}

TEST(WorkerPool, LongAnswersComeWhole) {
  const auto work = [](const std::string& task) { return std::string(3'000'000, task[0]); };
  EXPECT_EQ(answers(work, 2, {{"p"}, {"q"}}).at("q").answer, std::string(3'000'000, 'q'));
}

TEST(WorkerPool, ToldToStopItLeavesAtOnce) {
  bool stop = false;
  WorkerPool pool([](const std::string&) { return sleep(100), std::string(); }, {1, [&] { return stop; }, [](const WorkerAnswer&) { FAIL(); }, {}});
  EXPECT_TRUE(pool.submit({"slow"}));
  stop = true;
  EXPECT_FALSE(pool.drain());
}
