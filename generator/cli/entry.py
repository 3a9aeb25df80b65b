"""入口 (entry): the ``yiyong`` command. It knows its commands by name, and loads them when one is asked for.

To list its commands, the program need not read a dictionary of pinyin, two writers of office files and the rest of
its own code. So ``yiyong --help`` answers at once.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from generator import __version__
from generator.diagnostics.exit_status import FINDINGS, MISUSE
from generator.system.interruption import stoppable

COMMANDS = {
    "init": "新办一个项目：问几个问题，写好设置、机关、服务器和 CI 的文件 / begin an office's own project.",
    "doctor": "这台机器缺什么，怎样补上：字体、编码、磁盘、权限、放假安排 / what this machine lacks.",
    "new": "问几个问题，写一份记录，或者在案件里加一项；编号由软件给 / ask, number and write a record.",
    "desk": "办公桌：在本机的浏览器里写案件、看公众将看到什么、送审、批准、公布 / the forms, for this machine's browser alone.",
    "template": "写一个 Excel 模板：中文列名、下拉选项、说明和一行示例 / write a workbook to fill in.",
    "import": "导入表格：有问题的逐格指出，全部没有问题才写入 / import a workbook, all of it or nothing.",
    "export": "导出一份 Excel 给工作人员存档，里面有不公开的内容（只有本人能读）/ the whole registry as a workbook, for staff.",
    "check": "核对全部记录，不构建 / tell every problem in every record, build nothing.",
    "build": "构建站点 / build the site; a failure at any point leaves the old one in place.",
    "status": "办理情况：正在公示、即将期满、等待决定、已逾期，以及下一次页面变化的时刻.",
    "serve": "本机预览，文件一改就重建 / build, watch, reload.",
    "handbook": "给工作人员的手册：列出各章，或者显示一章；办公桌上也有 / the handbook for staff, in Chinese.",
    "explain": "说明一个诊断代码 / what a diagnostic means, why, how to mend it.",
    "diff": "发布之前看清楚公众将看到的变化，新公开的内容在前 / what the public will see change.",
    "publish": "公布：构建，审核，看清变化，登记，换上 / build, audit, show what the public will see change, log, exchange.",
    "renumber": "两件记录用了同一个编号：给其中一件换成下一个空号 / give one of two records with one number the next free one.",
    "withdraw": "撤下一个人：改记录，列出要改写的字句和要撤下的网址 / show a person no longer; texts and addresses to see to.",
    "rollback": "换回上一次建成的站点，先按今天须保密的内容审核 / show the site of the build before again, audited for today.",
    "pack": "把站点打成一个部署包，另附每个文件的摘要，供网页防篡改核对 / one file for the web server, and its digests.",
    "audit": "单独审核一个建成的站点 / the leak audit alone.",
    "poster": "印一份公示单：正在公示或者即将开始的 / print the poster of one notice, open or about to open.",
    "certificate-code": "产生印在证书上的随机证书号，一行一个 / new random codes to print on certificates, one a line.",
    "law": "法规文本 / texts of law",
    "outbox": "待发文稿：公众号、短信、邮件，由机关自己发出 / texts about what was published, for the office to send.",
    "log": "公布日志：密钥、补登、修复 / the log of what was published",
    "prove": "出一份公布证明：一个 zip，和一张说明它的 PDF / make one file that proves what was published, and a page about it.",
    "verify": "核对一份公布证明；不给 --site 就不连网 / check a proof; offline unless --site is given.",
    "observe": "由机关以外的人运行：看一次网站，与日志比较，签名记下 / see the site once, as others than the office.",
    "holidays": "贴进国务院办公厅的放假通知，写成一年的放假安排 / the year's holidays from the pasted notice.",
    "next": "下一次有页面自己变化的时刻，届时应重新构建；没有就什么也不写 / when to build again, for a scheduler.",
    "monitor": "网站是否过时：过时或者打不开，退出状态是 1 / whether a site is kept up.",
    "migrate": "软件升级以后，把项目也带到新的格式 / bring a project to what this version expects.",
    "schema": "写出各种文件的 JSON Schema，供编辑器补全和检查 / write the JSON Schemas for editors.",
    "merge": "把各片合成一个站点，与一次构建逐字节相同 / put shards together: the same bytes as one build.",
    "stage": "写出 Markdown 页，供其他站点生成器使用 / write the Markdown tree for another engine.",
}
"""Name → first line of its help, in the order in which an office meets them. A test compares it with the commands
themselves."""


class _Commands(TyperGroup):
    """The commands by name alone, until one of them is run."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return TyperCommand(cmd_name, help=COMMANDS[cmd_name]) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        return typer.main.get_group(_app_of(args[0])).resolve_command(ctx, args)


def _app_of(command: str) -> typer.Typer:
    """The module that knows a command: what runs every minute, or after every change, does not load the desk."""
    if command in ("build", "merge"):
        from generator.cli import build_commands

        return build_commands.app
    if command == "check":
        from generator.cli import check_command

        return check_command.app
    from generator.cli import commands

    return commands.app


_OBJECTS_BETWEEN_COLLECTIONS = 100_000
"""Records make many objects and few circles: looking for these every 700 objects takes a third of a build."""

app = typer.Typer(cls=_Commands, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
"""``yiyong``."""


@app.callback(invoke_without_command=True)
def _version(version: Annotated[bool, typer.Option("--version", help="版本 / version")] = False) -> None:
    if version:
        typer.echo(f"yiyong {__version__}")
        raise typer.Exit(0)


def main() -> None:
    """Entry point of the ``yiyong`` command. An error nobody foresaw is told by its code alone."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    with stoppable() as came:
        try:
            status = app(standalone_mode=False, prog_name="yiyong")
        except TyperException as error:
            status = _misused(error)
        except typer.Abort:
            status = _unanswered(came)
        except BrokenPipeError:
            # The reader of our output has closed it. So must we, or Python complains on its way out.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            status = FINDINGS
        except Exception as error:
            status = _crashed(error)
    if came:
        from generator.diagnostics.staff import staff_words

        typer.echo(staff_words()["stopped"], err=True)
        status = 128 + came[0]
    gc.freeze()  # what there is goes with the process, and is not looked through once more
    raise SystemExit(status) from None


def _unanswered(came: Sequence[int]) -> int:
    """A question that nobody was there to answer, or whom a signal took away: that is told with all others."""
    from generator.diagnostics.staff import staff_words

    if not came:
        typer.echo("\n" + staff_words()["unanswered"], err=True)
    return MISUSE


def _misused(error: TyperException) -> int:
    from generator.cli.misuse import misuse_words

    typer.echo(misuse_words(error), err=True)
    return MISUSE


def _crashed(error: Exception) -> int:
    from generator.cli.printing import Format, print_report
    from generator.diagnostics.crash import asked_root, crash_diagnostic

    print_report((crash_diagnostic(error, asked_root(sys.argv[1:])),), Format.TEXT, err=True)
    return FINDINGS
